#include "pivoted_cholesky.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "../blas.h"

namespace gramian {

namespace {

constexpr std::size_t kPanel = 48;  // columns found before what is left of A is brought up to date

// What is left of a positive semidefinite matrix has no entry beyond its trace; one that has is the trace of a negative
// eigenvalue that the diagonal does not show.
bool semidefinite(std::size_t n, const double* a, double residual, double rounding) {
  const double bound = std::max(residual, 0.0) + rounding;
  for (std::size_t i = 0; i < n; ++i) {
    if (a[i * n + i] < -rounding) return false;
    for (std::size_t j = 0; j < i; ++j) {
      if (std::fabs(a[i * n + j]) > bound) return false;
    }
  }
  return true;
}

}  // namespace

PivotedCholesky pivotedCholesky(std::size_t n, double* a, double tolerance, double noise, std::size_t most,
                                const KeepGoing& keepGoing) {
  PivotedCholesky found;
  most = std::min(n, most);
  found.stride = most;
  double* g = found.factor.grow(n * std::max<std::size_t>(most, 1));
  std::vector<double> left(n);  // the diagonal of what is left; −1 for rows that were pivots
  double trace = 0;
  for (std::size_t i = 0; i < n; ++i) trace += left[i] = a[i * n + i];
  if (!(trace > 0)) return found;
  const double enough = std::max(tolerance, 0x1p-50) * trace;

  std::vector<char> used(n, 0);
  for (std::size_t panel = 0;; panel = found.rank) {
    keepGoing();
    double residual = 0;
    for (;;) {
      std::size_t pivot = n;
      residual = 0;
      for (std::size_t i = 0; i < n; ++i) {
        if (used[i]) continue;
        residual += left[i];
        if (pivot == n || left[i] > left[pivot]) pivot = i;
      }
      const bool done = residual <= enough || pivot == n || !(left[pivot] > 0);
      if (done || found.rank == most || found.rank == panel + kPanel) {
        found.finished = done;
        break;
      }
      const double root = std::sqrt(left[pivot]);
      const std::size_t k = found.rank++;
      const double* pivotRow = g + pivot * most;
      for (std::size_t i = 0; i < n; ++i) {
        double* row = g + i * most;
        if (used[i]) {
          row[k] = 0;
          continue;
        }
        double value = i <= pivot ? a[pivot * n + i] : a[i * n + pivot];
        for (std::size_t l = panel; l < k; ++l) value -= row[l] * pivotRow[l];
        row[k] = i == pivot ? root : value / root;
        left[i] -= row[k] * row[k];
      }
      used[pivot] = 1;
    }
    found.residual = std::max(0.0, residual);
    if (!found.finished && found.rank == most) return found;
    const std::size_t fresh = found.rank - panel;
    if (fresh > 0) syrkLower(n, fresh, -1.0, g + panel, most, 1.0, a, n);
    if (!found.finished) continue;
    found.finished = semidefinite(n, a, found.residual, 1e-10 * trace + static_cast<double>(n) * noise);
    return found;
  }
}

}  // namespace gramian
