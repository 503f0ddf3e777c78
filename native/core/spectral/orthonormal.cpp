#include "orthonormal.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "../engine/aligned.h"
#include "../lapack.h"
#include "strips.h"

namespace gramian {

namespace {

// By how much uᵀu differs from the identity.
double deviation(std::size_t cols, const double* gram) {
  double most = 0;
  for (std::size_t i = 0; i < cols; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      const double error = std::fabs(gram[i * cols + j] - (i == j ? 1 : 0));
      most = error <= most ? most : error;
    }
  }
  return most;
}

// Costs more, and works whatever the columns are.
void byReflections(std::size_t rows, std::size_t cols, double* u) {
  std::vector<double> r(cols * cols);
  qr(rows, cols, u, r.data());
  for (std::size_t k = 0; k < cols; ++k) {
    if (r[k * cols + k] >= 0) continue;
    for (std::size_t i = 0; i < rows; ++i) u[i * cols + k] = -u[i * cols + k];
  }
}

}  // namespace

void orthonormalise(std::size_t rows, std::size_t cols, double* u, const KeepGoing& keepGoing) {
  // Cholesky of uᵀu leaves an error of its condition number times 2^-53: from a small deviation one pass arrives, from
  // a larger one the second does.
  constexpr double kRounding = 0x1p-51, kSmall = 1e-2, kLarge = 0.5;
  Aligned<double> gram(cols * cols);
  for (int pass = 0; pass < 2; ++pass) {
    gramOfColumns(rows, cols, u, gram.data(), keepGoing);
    const double error = deviation(cols, gram.data());
    if (error <= kRounding) return;
    if (!(error * std::sqrt(static_cast<double>(cols)) < kLarge) || !cholesky(cols, gram.data(), cols)) {
      return byReflections(rows, cols, u);
    }
    solveTransposed(rows, cols, gram.data(), u, keepGoing);
    if (error < kSmall) return;
  }
}

}  // namespace gramian
