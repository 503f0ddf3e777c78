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

// out = A·diag(factors) for A rows×factors.size(), contiguous.
inline void scaleColumns(const std::vector<double>& factors, const double* a, std::size_t rows, double* out) {
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t k = 0; k < factors.size(); ++k)
      out[i * factors.size() + k] = factors[k] * a[i * factors.size() + k];
  }
}

}  // namespace gramian
