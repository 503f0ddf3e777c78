#include "lanczos.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "../blas.h"

namespace gramian {

namespace {

// Up to this size all eigenvalues cost no more than the steps would.
constexpr std::size_t kDirect = 48;
// Steps between two looks at how far it has come, and how many looks there are. What is still off by `kHopeless` of
// itself at one of them has a crowd of others beside it, among which many more steps would be needed.
constexpr std::size_t kLook = 12, kLooks = 4;
constexpr double kHopeless[kLooks] = {1, 1e-2, 1e-5, 0};

// Of the eigenvalue, which is the square of the answer.
template <class Real>
constexpr double kConverged = std::is_same<Real, float>::value ? 0x1p-22 : 1e-14;

template <class Real>
double byEigenvalues(std::size_t m, std::size_t n, const Real* a, const KeepGoing& keepGoing) {
  const std::size_t s = std::min(m, n);
  std::vector<Real> gram(s * s), values(s);
  if (m <= n) syrkLower(m, n, Real(1), a, n, Real(0), gram.data(), s);
  else syrkLowerOfColumns(n, m, Real(1), a, n, Real(0), gram.data(), s);
  eigenvalues(s, gram.data(), values.data(), keepGoing);
  return std::sqrt(std::max(0.0, static_cast<double>(values.back())));
}

// Numbers in [−1, 1) that are the same everywhere (Marsaglia's xorshift): a start that is orthogonal to no eigenvector
// that data could have.
template <class Real>
void start(std::size_t n, Real* x) {
  std::uint32_t state = 0x9e3779b1;
  for (std::size_t i = 0; i < n; ++i) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    x[i] = static_cast<Real>(state * 0x1p-31 - 1);
  }
}

template <class Real>
double inner(const Real* x, const Real* y, std::size_t n) {
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += static_cast<double>(x[i]) * static_cast<double>(y[i]);
  return sum;
}

template <class Real>
double normalise(Real* x, std::size_t n) {
  const double norm = std::sqrt(inner(x, x, n));
  for (std::size_t i = 0; norm > 0 && i < n; ++i) x[i] = static_cast<Real>(static_cast<double>(x[i]) / norm);
  return norm;
}

struct Ritz {
  double value, error;  // the largest one, and how far it may be from an eigenvalue
};

// `below` is the off-diagonal entry that the next step would bring.
Ritz ritz(const std::vector<double>& diagonal, const std::vector<double>& offDiagonal, double below) {
  const std::size_t k = diagonal.size();
  std::vector<double> t(k * k, 0.0), values(k), vectors(k * k);
  for (std::size_t i = 0; i < k; ++i) {
    t[i * k + i] = diagonal[i];
    if (i > 0) t[i * k + i - 1] = offDiagonal[i - 1];
  }
  eigenvectors(k, t.data(), values.data(), vectors.data());
  const double residual = std::fabs(below * vectors[k * k - 1]);
  const double gap = k > 1 ? values[k - 1] - values[k - 2] : 0;
  return {values[k - 1], residual < gap ? residual * residual / gap : residual};
}

template <class Real>
double largest(std::size_t m, std::size_t n, const Real* a, const KeepGoing& keepGoing) {
  const std::size_t s = std::min(m, n);
  if (s <= kDirect) return byEigenvalues(m, n, a, keepGoing);
  const bool rows = m <= n;  // the operator is A·Aᵀ, else Aᵀ·A
  constexpr std::size_t most = kLook * kLooks;
  std::vector<Real> basis((most + 1) * s), between(std::max(m, n)), overlap(most + 1), correction(s);
  std::vector<double> diagonal, offDiagonal;
  start(s, basis.data());
  normalise(basis.data(), s);
  for (std::size_t k = 0; k < most; ++k) {
    if (keepGoing) keepGoing();
    const Real* v = basis.data() + k * s;
    Real* w = basis.data() + (k + 1) * s;
    gemv(rows, m, n, a, n, v, between.data());
    gemv(!rows, m, n, a, n, between.data(), w);
    diagonal.push_back(inner(v, w, s));
    // Twice is enough (Kahan and Parlett): once leaves what the first subtraction rounded.
    for (int pass = 0; pass < 2; ++pass) {
      gemv(false, k + 1, s, basis.data(), s, w, overlap.data());
      gemv(true, k + 1, s, basis.data(), s, overlap.data(), correction.data());
      for (std::size_t i = 0; i < s; ++i) w[i] -= correction[i];
    }
    const double beta = normalise(w, s);
    const bool ended = !(beta > 0);
    if (ended || (k + 1) % kLook == 0) {
      const Ritz found = ritz(diagonal, offDiagonal, beta);
      if (ended || found.error <= kConverged<Real> * found.value) return std::sqrt(std::max(0.0, found.value));
      if (found.error > kHopeless[(k + 1) / kLook - 1] * found.value) break;
    }
    offDiagonal.push_back(beta);
  }
  return byEigenvalues(m, n, a, keepGoing);
}

}  // namespace

double largestSingularValue(std::size_t m, std::size_t n, const float* a, const KeepGoing& keepGoing) {
  return largest(m, n, a, keepGoing);
}

double largestSingularValue(std::size_t m, std::size_t n, const double* a, const KeepGoing& keepGoing) {
  return largest(m, n, a, keepGoing);
}

}  // namespace gramian
