#include "cholesky_qr.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "../engine/aligned.h"
#include "../lapack.h"
#include "strips.h"

namespace gramian {

namespace {

// Of AᵀA: a condition of 10⁶ of A.
constexpr double kLeastReciprocal = 1e-12;

// The largest column sum of a symmetric matrix whose lower triangle is given.
double norm1(std::size_t n, const double* lower) {
  std::vector<double> sums(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      const double size = std::fabs(lower[i * n + j]);
      sums[i] += size;
      if (j < i) sums[j] += size;
    }
  }
  return *std::max_element(sums.begin(), sums.end());
}

void clearAbove(std::size_t n, double* lower) {
  for (std::size_t i = 0; i < n; ++i) std::fill(lower + i * n + i + 1, lower + (i + 1) * n, 0.0);
}

}  // namespace

bool choleskyQr(std::size_t m, std::size_t n, double* a, double* r, const KeepGoing& keepGoing) {
  Aligned<double> first(n * n), second(n * n);
  gramOfColumns(m, n, a, first.data(), keepGoing);
  const double size = norm1(n, first.data());
  if (!cholesky(n, first.data(), n)) return false;
  if (!(reciprocalCondition(n, first.data(), n, size) > kLeastReciprocal)) return false;
  solveTransposed(m, n, first.data(), a, keepGoing);
  gramOfColumns(m, n, a, second.data(), keepGoing);
  // Of a condition of 10⁶ the first pass leaves QᵀQ within 10⁻³ of the identity: this one cannot fail.
  cholesky(n, second.data(), n);
  solveTransposed(m, n, second.data(), a, keepGoing);
  clearAbove(n, first.data());
  clearAbove(n, second.data());
  gemm(true, true, n, n, n, 1.0, second.data(), n, first.data(), n, 0.0, r, n);
  return true;
}

}  // namespace gramian
