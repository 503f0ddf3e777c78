#include "cosine.h"

#include <cmath>
#include <vector>

#include "../error.h"
#include "../simd/loops.h"

namespace gramian {

void prepareCosine(const OperatorSpec&, const Source& source, Operator& op, const Work* work) {
  const std::size_t n = source.samples;
  const double c = source.meanNorm2;
  op.weight.resize(n);
  op.excess.resize(n);
  op.offset.resize(n);
  op.diagonal.resize(n);
  const double unit = std::ldexp(1.0, -source.exponent);  // one scaled length in the features' own
  std::vector<double> row(source.features);
  double along = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (work && work->cancelled()) throw Cancelled();
    // From the row itself: norms and means would leave the length of a row near 0 few digits.
    source.read(i, row.data());
    const double norm2 = loops().dot(row.data(), row.data(), DType::f64, source.features);
    op.weight[i] = norm2 > 0 ? unit / std::sqrt(norm2) : 0;
    op.offset[i] = op.weight[i] * (source.dotMean[i] + c);  // ⟨u_i, μ⟩
    along += op.offset[i] / static_cast<double>(n);
  }
  const double omega = c > 0 ? along / c : 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double w = op.weight[i], e = w - omega, a = source.dotMean[i];
    op.excess[i] = e;
    op.offset[i] *= omega;
    op.diagonal[i] = w * (w * source.norm2[i] + 2 * e * a) + e * e * c;
  }
  op.constant = -omega * omega * c;
}

}  // namespace gramian
