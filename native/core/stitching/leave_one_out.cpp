#include "leave_one_out.h"

#include <algorithm>
#include <limits>

#include "../spectral/strips.h"
#include "column_block.h"
#include "shrinkage.h"

namespace gramian {

Aligned<double> remainingShares(const Components& components, const std::vector<double>& added, bool biased,
                                const KeepGoing& keepGoing) {
  const std::size_t n = components.samples, rank = components.rank, path = added.size();
  const double share = biased ? 1 - 1 / static_cast<double>(n) : 1;
  const bool spansAll = rank + (biased ? 1 : 0) == n;
  Aligned<double> remaining(n * path), lost(std::max<std::size_t>(rank, 1) * path), squares;
  for (std::size_t l = 0; l < path; ++l) {
    const Shrinkage shrinkage(components.eigenvalues, rank, added[l], false);
    for (std::size_t k = 0; k < rank; ++k) lost.data()[k * path + l] = shrinkage.lost[k];
  }
  // 1 − h = (1 − 1/n − Σ u²) + Σ u²·(1 − g): what is small is never the difference of what is not.
  forStrips(n, 2.0 * static_cast<double>(rank * path) + 1, keepGoing, [&](std::size_t begin, std::size_t count) {
    squares.grow(count * std::max<std::size_t>(rank, 1));
    for (std::size_t i = 0; i < count; ++i) {
      const double* u = components.row(begin + i);
      double sum = 0;
      for (std::size_t k = 0; k < rank; ++k) sum += squares.data()[i * rank + k] = u[k] * u[k];
      double* row = remaining.data() + (begin + i) * path;
      std::fill(row, row + path, spansAll ? 0.0 : std::max(0.0, share - sum));
    }
    if (rank == 0) return;
    gemm(false, false, count, path, rank, 1.0, squares.data(), rank, lost.data(), path, 1.0,
         remaining.data() + begin * path, path);
  });
  return remaining;
}

std::vector<double> leaveOneOutErrors(const Components& components, const std::vector<double>& added,
                                      const Aligned<double>& remaining, const Coefficients& of, const double* left,
                                      const KeepGoing& keepGoing) {
  const std::size_t rank = components.rank, cols = of.cols, path = added.size();
  Aligned<double> scaled(rank * cols), error;
  std::vector<double> errors(path, 0.0);
  for (std::size_t l = 0; l < path; ++l) {
    const Shrinkage shrinkage(components.eigenvalues, rank, added[l], false);
    scaleColumns(shrinkage.lost, of.c, cols, scaled.data());
    const double flops = 2.0 * static_cast<double>(rank * cols);
    forStrips(components.samples, flops, keepGoing, [&](std::size_t begin, std::size_t count) {
      std::copy(left + begin * cols, left + (begin + count) * cols, error.grow(count * cols));
      gemm(false, true, count, cols, rank, 1.0, components.row(begin), components.stride, scaled.data(), rank, 1.0,
           error.data(), cols);
      for (std::size_t i = 0; i < count; ++i) {
        const double share = remaining.data()[(begin + i) * path + l];
        const double square = sumOfSquares(error.data() + i * cols, cols);
        // A sample that the fit only has by itself cannot be predicted by the others.
        errors[l] += share > 0 ? square / (share * share) : std::numeric_limits<double>::infinity();
      }
    });
  }
  return errors;
}

}  // namespace gramian
