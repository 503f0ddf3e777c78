#include "solver_factor.h"

#include <cmath>

#include "../engine/aligned.h"
#include "../lapack.h"
#include "cholesky_qr.h"
#include "factor_output.h"

namespace gramian {

bool solverFactor(Features& features, std::size_t mostRank, const std::vector<FactorOutput>& outputs,
                  const KeepGoing& keepGoing) {
  const std::size_t n = features.samples, d = features.kept();
  if (d == 0 || d > mostRank) return false;
  Aligned<double> r(d * d), inverse(d * d);
  // It takes only columns whose condition is far below what numpy's matrix_rank would call dependent.
  if (!choleskyQr(n, d, features.x.data(), r.data(), keepGoing)) return false;
  // X·2^e = Q·R, so Q = X·(2^e·R⁻¹); the rows that are written are R⁻ᵀ.
  for (std::size_t i = 0; i < d; ++i) {
    for (std::size_t j = 0; j < d; ++j) inverse.data()[i * d + j] = r.data()[j * d + i];
  }
  invertLower(d, inverse.data(), d);
  keepGoing();
  for (std::size_t k = 0; k < d * d; ++k) inverse.data()[k] = std::ldexp(inverse.data()[k], features.exponent);
  for (const FactorOutput& output : outputs) {
    if (output.kind == FactorOutput::Kind::solver) {
      writeRight(output, features.given, d, inverse.data(), features.columns);
    } else {
      writeColumns(output, n, d, features.x.data(), d, {}, keepGoing);
    }
  }
  return true;
}

}  // namespace gramian
