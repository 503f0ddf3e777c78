// The largest singular value alone, without all the others.
#pragma once

#include <cstddef>

#include "../lapack_eigen.h"

namespace gramian {

// Of A m×n, row-major and contiguous, to the precision of its type: Lanczos with full re-orthogonalisation on the
// smaller of AᵀA and AAᵀ; where that does not converge soon, all eigenvalues after all.
double largestSingularValue(std::size_t m, std::size_t n, const float* a, const KeepGoing& keepGoing);
double largestSingularValue(std::size_t m, std::size_t n, const double* a, const KeepGoing& keepGoing);

}  // namespace gramian
