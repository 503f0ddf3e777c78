// The LAPACK, typed: the one place, with lapack_eigen.h, that knows its symbols. Matrices are row-major as everywhere
// in the core; LAPACK reads the same memory as the transpose, so each function asks it for the factorisation of that.
// A factorisation that LAPACK gives up on is a CoreError.
#pragma once

#include <cstddef>

namespace gramian {

// A = L·Lᵀ for symmetric positive definite A n×n: L takes the place of the lower triangle, the rest is left alone.
// False when a pivot is not positive; what is in `a` then means nothing.
bool cholesky(std::size_t n, double* a, std::size_t lda);

// L lower becomes its inverse; what stands above the diagonal is left alone. L must not be singular.
void invertLower(std::size_t n, double* l, std::size_t ldl);

// 1/(‖A‖₁‖A⁻¹‖₁) of A = L·Lᵀ by LAPACK's estimate; `norm1` is ‖A‖₁.
double reciprocalCondition(std::size_t n, const double* l, std::size_t ldl, double norm1);

// A = Q·R for A m×n with m ≥ n: `r` (n×n, upper, zeros below), and `a` becomes Q (m×n, orthonormal columns).
void qr(std::size_t m, std::size_t n, double* a, double* r);

// A = L·Q for A m×n with m ≤ n: `l` (m×m, lower, zeros above), and `a` becomes Q (m×n, orthonormal rows).
void lq(std::size_t m, std::size_t n, double* a, double* l);

// The min(m,n) = s singular values of A m×n, falling. `a` (contiguous) is destroyed.
void singularValues(std::size_t m, std::size_t n, double* a, double* values);

// A = left·diag(values)·right with `left` m×s (orthonormal columns) and `right` s×n (orthonormal rows).
void svd(std::size_t m, std::size_t n, double* a, double* values, double* left, double* right);

// What a routine's `info` means to us. `what` names the factorisation.
void checkInfo(int info, const char* what);

// LAPACK must not be given anything else: some of its iterations never end.
void checkFinite(const float* values, std::size_t count);
void checkFinite(const double* values, std::size_t count);

// Workspace lengths are asked for as floating-point numbers.
int workLength(double asked);

}  // namespace gramian
