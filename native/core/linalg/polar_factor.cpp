#include "polar_factor.h"

#include <algorithm>
#include <vector>

#include "../blas.h"
#include "../engine/aligned.h"
#include "../lapack.h"

namespace gramian {

void polarFactor(std::size_t m, std::size_t n, double* matrix, const KeepGoing& keepGoing) {
  const std::size_t s = std::min(m, n);
  Aligned<double> left(m * s), right(s * n);
  std::vector<double> values(s);
  svd(m, n, matrix, values.data(), left.data(), right.data());
  if (keepGoing) keepGoing();
  gemm(false, false, m, n, s, 1.0, left.data(), s, right.data(), n, 0.0, matrix, n);
}

}  // namespace gramian
