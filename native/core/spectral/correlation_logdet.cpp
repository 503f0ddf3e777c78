#include "correlation_logdet.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "../blas.h"
#include "../lapack.h"

namespace gramian {

namespace {

// The least eigenvalue of L·Lᵀ by inverse iteration. A pivot may be many times larger than it; four steps from a
// vector that is orthogonal to nothing in particular find it to a few percent where it is much smaller than the others,
// and where it is not it does not matter.
double leastEigenvalue(std::size_t n, const double* l) {
  std::vector<double> x(n), y(n);
  for (std::size_t i = 0; i < n; ++i) x[i] = 1 + 0.5 * std::sin(static_cast<double>(i) * static_cast<double>(i + 1));
  double least = 0;
  for (int step = 0; step < 4; ++step) {
    y = x;
    solveLowerRight(true, 1, n, l, n, y.data(), n);
    solveLowerRight(false, 1, n, l, n, y.data(), n);
    double xx = 0, xy = 0, yy = 0;
    for (std::size_t i = 0; i < n; ++i) {
      xx += x[i] * x[i];
      xy += x[i] * y[i];
      yy += y[i] * y[i];
    }
    least = xx / xy;
    for (std::size_t i = 0; i < n; ++i) x[i] = y[i] / std::sqrt(yy);
  }
  return least;
}

}  // namespace

double correlationLogdet(std::size_t m, std::size_t n, const double* a, double rounding) {
  const std::size_t s = std::min(m, n);
  std::vector<double> rest(s * s, 0.0);
  for (std::size_t i = 0; i < s; ++i) rest[i * s + i] = 1;
  if (m <= n) syrkLower(m, n, -1.0, a, n, 1.0, rest.data(), s);
  else syrkLowerOfColumns(n, m, -1.0, a, n, 1.0, rest.data(), s);
  if (!cholesky(s, rest.data(), s) || !(leastEigenvalue(s, rest.data()) > rounding)) {
    return std::numeric_limits<double>::infinity();
  }
  double sum = 0;
  for (std::size_t i = 0; i < s; ++i) sum += std::log(rest[i * s + i]);
  return std::max(0.0, -sum);
}

}  // namespace gramian
