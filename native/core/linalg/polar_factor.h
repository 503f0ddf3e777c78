// The orthogonal part of a matrix.
#pragma once

#include <cstddef>

#include "../lapack_eigen.h"

namespace gramian {

// M m×n, contiguous, becomes P·Qᵀ of its singular value decomposition P·diag(σ)·Qᵀ: orthonormal rows (m ≤ n) or columns
// (m ≥ n), and the largest ⟨S, M⟩ of all such S (Schönemann 1966).
void polarFactor(std::size_t m, std::size_t n, double* matrix, const KeepGoing& keepGoing);

}  // namespace gramian
