// Eigenvalues and eigenvectors of symmetric matrices: LAPACK's xSYEVD taken apart, so that a long one can be stopped
// between its steps. Row-major; see lapack.h.
#pragma once

#include <cstddef>
#include <functional>

namespace gramian {

// Asked every few milliseconds of a long factorisation; throws Cancelled to end it. Empty: never.
using KeepGoing = std::function<void()>;

// The n eigenvalues of A n×n, rising. Only the lower triangle is read, and all of `a` (contiguous) may be destroyed.
void eigenvalues(std::size_t n, float* a, float* values, const KeepGoing& keepGoing = {});
void eigenvalues(std::size_t n, double* a, double* values, const KeepGoing& keepGoing = {});

// The same, and in row k of `vectors` (n×n) the unit eigenvector of values[k].
void eigenvectors(std::size_t n, double* a, double* values, double* vectors, const KeepGoing& keepGoing = {});

}  // namespace gramian
