// Pivoted Cholesky of a positive semidefinite matrix, to a share of its trace.
#pragma once

#include <cstddef>

#include "../engine/aligned.h"
#include "../lapack_eigen.h"

namespace gramian {

struct PivotedCholesky {
  std::size_t rank = 0;
  std::size_t stride = 0;
  Aligned<double> factor;  // n×stride, the first `rank` columns: A ≈ G·Gᵀ, rows in the order of A's
  double residual = 0;     // the trace that is left
  bool finished = false;   // false: it would take more than `most` columns, or A is not positive semidefinite
};

// Of A n×n only the lower triangle is read, and it is destroyed. `noise` is by how much its entries are rounded. The
// largest entry of the diagonal that is left is the next pivot, of equal ones the first.
PivotedCholesky pivotedCholesky(std::size_t n, double* a, double tolerance, double noise, std::size_t most,
                                const KeepGoing& keepGoing);

}  // namespace gramian
