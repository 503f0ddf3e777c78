#include "cut_rank.h"

#include <algorithm>
#include <vector>

#include "../blas.h"
#include "../engine/aligned.h"
#include "../lapack.h"

namespace gramian {

double cutRank(std::size_t m, std::size_t n, std::size_t keep, double* c, const KeepGoing& keepGoing) {
  const std::size_t s = std::min(m, n);
  if (keep >= s) return 0;
  Aligned<double> left(m * s), right(s * n);
  std::vector<double> values(s);
  svd(m, n, c, values.data(), left.data(), right.data());
  keepGoing();
  for (std::size_t k = 0; k < keep; ++k) {
    for (std::size_t j = 0; j < n; ++j) right.data()[k * n + j] *= values[k];
  }
  gemm(false, false, m, n, keep, 1.0, left.data(), s, right.data(), n, 0.0, c, n);
  double cut = 0;
  for (std::size_t k = s; k-- > keep;) cut += values[k] * values[k];
  return cut;
}

}  // namespace gramian
