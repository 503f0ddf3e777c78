#include "lanczos.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "../blas.h"

namespace gramian {

namespace {

// Up to this size all eigenvalues cost no more than the steps would.
constexpr std::size_t kDirect = 48;
constexpr std::size_t kMostSteps = 96;
constexpr double kConverged = 1e-14;  // of the eigenvalue, the square of the answer

double byEigenvalues(std::size_t m, std::size_t n, const double* a, const KeepGoing& keepGoing) {
  const std::size_t s = std::min(m, n);
  std::vector<double> gram(s * s), values(s);
  if (m <= n) syrkLower(m, n, 1.0, a, n, 0.0, gram.data(), s);
  else syrkLowerOfColumns(n, m, 1.0, a, n, 0.0, gram.data(), s);
  eigenvalues(s, gram.data(), values.data(), keepGoing);
  return std::sqrt(std::max(0.0, values.back()));
}

// Numbers in [−1, 1) that are the same everywhere (Marsaglia's xorshift): a start that is orthogonal to no eigenvector
// that data could have.
std::vector<double> start(std::size_t n) {
  std::vector<double> x(n);
  std::uint32_t state = 0x9e3779b1;
  for (double& value : x) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    value = state * 0x1p-31 - 1;
  }
  return x;
}

double normalise(double* x, std::size_t n) {
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += x[i] * x[i];
  const double norm = std::sqrt(sum);
  for (std::size_t i = 0; norm > 0 && i < n; ++i) x[i] /= norm;
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

}  // namespace

double largestSingularValue(std::size_t m, std::size_t n, const double* a, const KeepGoing& keepGoing) {
  const std::size_t s = std::min(m, n);
  if (s <= kDirect) return byEigenvalues(m, n, a, keepGoing);
  const bool rows = m <= n;  // the operator is A·Aᵀ, else Aᵀ·A
  std::vector<double> basis((kMostSteps + 1) * s), between(std::max(m, n)), overlap(kMostSteps + 1), correction(s);
  std::vector<double> diagonal, offDiagonal;
  const std::vector<double> first = start(s);
  std::copy(first.begin(), first.end(), basis.begin());
  normalise(basis.data(), s);
  for (std::size_t k = 0; k < kMostSteps; ++k) {
    if (keepGoing) keepGoing();
    const double* v = basis.data() + k * s;
    double* w = basis.data() + (k + 1) * s;
    gemv(rows, m, n, a, n, v, between.data());
    gemv(!rows, m, n, a, n, between.data(), w);
    double alpha = 0;
    for (std::size_t i = 0; i < s; ++i) alpha += v[i] * w[i];
    diagonal.push_back(alpha);
    // Twice is enough (Parlett): once leaves what the first subtraction rounded.
    for (int pass = 0; pass < 2; ++pass) {
      gemv(false, k + 1, s, basis.data(), s, w, overlap.data());
      gemv(true, k + 1, s, basis.data(), s, overlap.data(), correction.data());
      for (std::size_t i = 0; i < s; ++i) w[i] -= correction[i];
    }
    const double beta = normalise(w, s);
    const bool ended = !(beta > 0);
    if (ended || (k >= 11 && k % 4 == 3)) {
      const Ritz found = ritz(diagonal, offDiagonal, beta);
      if (ended || found.error <= kConverged * found.value) return std::sqrt(std::max(0.0, found.value));
    }
    offDiagonal.push_back(beta);
  }
  return byEigenvalues(m, n, a, keepGoing);
}

}  // namespace gramian
