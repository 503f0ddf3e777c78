// What ridge does to each component of a source; see component_fits.h.
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

namespace gramian {

struct Shrinkage {
  std::vector<double> weight;  // f
  std::vector<double> kept;    // g
  std::vector<double> lost;    // 1 − g, to all its digits

  // `added` is nλ.
  Shrinkage(const double* eigenvalues, std::size_t rank, double added, bool kernel)
      : weight(rank), kept(rank), lost(rank) {
    for (std::size_t k = 0; k < rank; ++k) {
      const double total = eigenvalues[k] + added;
      weight[k] = kernel ? 1 / total : std::sqrt(eigenvalues[k]) / total;
      kept[k] = eigenvalues[k] / total;
      lost[k] = added / total;
    }
  }
};

// out = diag(factors)·(columns [from, from + cols) of C), contiguous.
inline void scaleRows(const std::vector<double>& factors, const double* c, std::size_t stride, std::size_t from,
                      std::size_t cols, double* out) {
  for (std::size_t k = 0; k < factors.size(); ++k) {
    for (std::size_t j = 0; j < cols; ++j) out[k * cols + j] = factors[k] * c[k * stride + from + j];
  }
}

}  // namespace gramian
