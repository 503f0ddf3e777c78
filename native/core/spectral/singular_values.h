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
struct SingularValueScratch {
  Aligned<float> gram32;
  Aligned<double> gram64, wide;
  std::vector<float> values32;
  std::vector<double> values64;
};

// The eigenvalues of AᵀA carry errors of about 2^-52 (f32: 2^-23) of the largest, σ₁², with either sign. A singular
// value σ_i well above its root is off by 2^-52·σ₁²/2σ_i, and such errors add up like random ones; those below are as
// good as lost, all to the same side. Whether what this makes of the sum of values whose squares are `squares` is more
// than `kNuclear` of it: a tenth of what is promised behind square roots of eigenvalues.
template <class Real, class Squares>
bool tooCoarse(std::size_t count, double largest, const Squares& squares) {
  constexpr bool isFloat = std::is_same<Real, float>::value;
  constexpr double unit = isFloat ? 0x1p-23 : 0x1p-52, kNuclear = isFloat ? 1e-5 : 1e-7;
  const double blur = unit * largest;
  double lost = 0, variance = 0, sum = 0;
  for (std::size_t k = 0; k < count; ++k) {
    const double square = std::max(0.0, static_cast<double>(squares(k)));
    if (square > 8 * blur) variance += blur * blur / (4 * square);
    else lost += std::sqrt(blur);
    sum += std::sqrt(square);
  }
  return lost + 3 * std::sqrt(variance) > kNuclear * sum;
}

// Falling weights of the rows and columns of a matrix, or null: what its singular values may be expected to fall like.
struct Grading {
  const double* left = nullptr;
  const double* right = nullptr;

  double square(std::size_t k) const {
    const double value = (left ? left[k] / left[0] : 1) * (right ? right[k] / right[0] : 1);
    return value * value;
  }
};

// Roots of the eigenvalues of the smaller Gram matrix, falling. False when they are too coarse for A's type.
template <class Real>
bool throughGram(std::size_t m, std::size_t n, const Real* a, Real* gram, std::vector<Real>& values, double* out,
                 const KeepGoing& keepGoing) {
  const std::size_t s = std::min(m, n);
  values.resize(s);
  if (m <= n) syrkLower(m, n, Real(1), a, n, Real(0), gram, s);
  else syrkLowerOfColumns(n, m, Real(1), a, n, Real(0), gram, s);
  eigenvalues(s, gram, values.data(), keepGoing);
  for (std::size_t k = 0; k < s; ++k) out[k] = std::sqrt(std::max(0.0, static_cast<double>(values[s - 1 - k])));
  return !tooCoarse<Real>(s, std::max(0.0, static_cast<double>(values.back())),
                          [&](std::size_t k) { return values[k]; });
}

// Of A m×n, row-major and contiguous, which is left alone: min(m, n) values into `out`, falling.
inline void allSingularValues(std::size_t m, std::size_t n, const double* a, const Grading&,
                              SingularValueScratch& scratch, double* out, const KeepGoing& keepGoing) {
  const std::size_t s = std::min(m, n);
  if (throughGram(m, n, a, scratch.gram64.grow(s * s), scratch.values64, out, keepGoing)) return;
  double* copy = scratch.wide.grow(m * n);
  std::copy(a, a + m * n, copy);
  singularValues(m, n, copy, out);
}

// Where f32 is too coarse for the Gram matrix, f64 never is for what f32 entries hold. f32 is not tried in vain where
// the weights say so beforehand.
inline void allSingularValues(std::size_t m, std::size_t n, const float* a, const Grading& grading,
                              SingularValueScratch& scratch, double* out, const KeepGoing& keepGoing) {
  const std::size_t s = std::min(m, n);
  // The bases' own cosines make small values smaller still.
  constexpr double kContraction = 1.0 / 16;
  const bool graded = grading.left || grading.right;
  const bool hopeless =
      graded && tooCoarse<float>(s, 1, [&](std::size_t k) { return kContraction * grading.square(k); });
  if (!hopeless && throughGram(m, n, a, scratch.gram32.grow(s * s), scratch.values32, out, keepGoing)) return;
  double* wide = scratch.wide.grow(m * n);
  std::copy(a, a + m * n, wide);
  throughGram(m, n, wide, scratch.gram64.grow(s * s), scratch.values64, out, keepGoing);
}

}  // namespace gramian
