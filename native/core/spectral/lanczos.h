// The largest singular value alone, without all the others.
#pragma once

#include <cstddef>

#include "../lapack_eigen.h"

namespace gramian {

// Of A m×n, row-major and contiguous, to 10⁻¹³ relative: Lanczos with full re-orthogonalisation on the smaller of AᵀA
// and AAᵀ; where it has not converged after some dozens of steps, all eigenvalues after all.
double largestSingularValue(std::size_t m, std::size_t n, const double* a, const KeepGoing& keepGoing);

}  // namespace gramian
