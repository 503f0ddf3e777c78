// −½ log det(I − MMᵀ): the mutual information of Gaussians whose canonical correlations are M's singular values.
#pragma once

#include <cstddef>

#include "../lapack_eigen.h"

namespace gramian {

// Of M m×n, row-major and contiguous. +Infinity where I − MMᵀ has an eigenvalue of `rounding` or less: there a singular
// value is 1 as far as M's entries can tell.
double correlationLogdet(std::size_t m, std::size_t n, const double* a, double rounding);

}  // namespace gramian
