// All singular values of a matrix, through the eigenvalues of its smaller Gram matrix where that is exact enough.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <type_traits>
#include <vector>

#include "../blas.h"
#include "../engine/aligned.h"
#include "../lapack.h"
#include "../lapack_eigen.h"

namespace gramian {

// One thread's scratch.
template <class Real>
struct SingularValueScratch {
  Aligned<Real> gram, copy;
  std::vector<Real> values;
};

// The eigenvalues of AᵀA carry an error of 2^-52 (f32: 2^-23) of the largest, so a singular value σ_i one of that times
// σ₁²/2σ_i. Whether what this makes of their sum is more than `kNuclear` of it.
template <class Real>
bool tooCoarse(const std::vector<Real>& rising) {
  constexpr bool isFloat = std::is_same<Real, float>::value;
  constexpr double unit = isFloat ? 0x1p-23 : 0x1p-52, kNuclear = isFloat ? 1e-5 : 1e-12;
  const double most = static_cast<double>(rising.back());
  double error = 0, sum = 0;
  for (Real lambda : rising) {
    const double value = std::sqrt(std::max(0.0, static_cast<double>(lambda)));
    const double blur = unit * most;
    error += std::min(std::sqrt(blur), value > 0 ? blur / (2 * value) : blur / unit);
    sum += value;
  }
  return error > kNuclear * sum;
}

// Of A m×n, row-major and contiguous, which is left alone: min(m, n) values into `out`, falling.
template <class Real>
void allSingularValues(std::size_t m, std::size_t n, const Real* a, SingularValueScratch<Real>& scratch, double* out,
                       const KeepGoing& keepGoing) {
  const std::size_t s = std::min(m, n);
  Real* gram = scratch.gram.grow(s * s);
  scratch.values.resize(s);
  if (m <= n) syrkLower(m, n, Real(1), a, n, Real(0), gram, s);
  else syrkLowerOfColumns(n, m, Real(1), a, n, Real(0), gram, s);
  eigenvalues(s, gram, scratch.values.data(), keepGoing);
  if (scratch.values.back() > 0 && tooCoarse(scratch.values)) {
    Real* copy = scratch.copy.grow(m * n);
    std::copy(a, a + m * n, copy);
    singularValues(m, n, copy, scratch.values.data());
    for (std::size_t k = 0; k < s; ++k) out[k] = static_cast<double>(scratch.values[k]);
    return;
  }
  for (std::size_t k = 0; k < s; ++k) {
    out[k] = std::sqrt(std::max(0.0, static_cast<double>(scratch.values[s - 1 - k])));
  }
}

}  // namespace gramian
