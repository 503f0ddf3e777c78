#include "kernel_spectrum.h"

#include <algorithm>
#include <cmath>

#include "orthonormal.h"
#include "pivoted_cholesky.h"
#include "strips.h"

namespace gramian {

namespace {

constexpr double kIndefinite = 1e-10;

// How many of the falling values are more than rounding of n×n sums.
std::size_t rankOf(const std::vector<double>& falling, std::size_t n) {
  const double least = static_cast<double>(n) * 0x1p-52 * falling.front();
  std::size_t rank = 0;
  while (rank < falling.size() && falling[rank] > least) ++rank;
  return rank;
}

// All eigenvalues and vectors of the matrix itself.
void whole(std::size_t n, double* a, double noise, Spectrum& found, const KeepGoing& keepGoing) {
  Aligned<double> vectors(n * n);
  std::vector<double> values(n);
  eigenvectors(n, a, values.data(), vectors.data(), keepGoing);
  const double most = std::max(std::fabs(values.front()), std::fabs(values.back()));
  found.route = "eigen";
  if (values.front() < -std::max(kIndefinite * most, static_cast<double>(n) * noise)) {
    found.least = values.front();
    return;
  }
  std::reverse(values.begin(), values.end());
  found.rank = values.front() > 0 ? rankOf(values, n) : 0;
  found.lambda.assign(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(found.rank));
  found.stride = n;
  double* u = found.u.grow(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    if (i % 64 == 0) keepGoing();
    for (std::size_t k = 0; k < found.rank; ++k) u[i * n + k] = vectors.data()[(n - 1 - k) * n + i];
  }
}

// A ≈ G·Gᵀ with r columns: the eigenvalues of GᵀG, and U = G·V·λ^(−1/2).
void fromFactor(std::size_t n, const PivotedCholesky& pivoted, Spectrum& found, const KeepGoing& keepGoing) {
  const std::size_t r = pivoted.rank;
  Aligned<double> g(n * r), gram(r * r), vectors(r * r);
  for (std::size_t i = 0; i < n; ++i) {
    std::copy(pivoted.factor.data() + i * pivoted.stride, pivoted.factor.data() + i * pivoted.stride + r,
              g.data() + i * r);
  }
  gramOfColumns(n, r, g.data(), gram.data(), keepGoing);
  std::vector<double> values(r);
  eigenvectors(r, gram.data(), values.data(), vectors.data(), keepGoing);
  std::reverse(values.begin(), values.end());
  const std::size_t rank = found.rank = rankOf(values, n);
  found.lambda.assign(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(rank));
  Aligned<double> map(rank * r);
  for (std::size_t k = 0; k < rank; ++k) {
    const double factor = 1 / std::sqrt(values[k]);
    const double* vector = vectors.data() + (r - 1 - k) * r;
    for (std::size_t j = 0; j < r; ++j) map.data()[k * r + j] = vector[j] * factor;
  }
  found.stride = rank;
  timesTransposed(n, rank, r, g.data(), map.data(), found.u.grow(n * rank), keepGoing);
  orthonormalise(n, rank, found.u.data(), keepGoing);
  found.route = "pivoted";
}

}  // namespace

Spectrum kernelSpectrum(OperatorMatrix& matrix, std::size_t n, double tolerance, const KeepGoing& keepGoing) {
  Spectrum found;
  found.trace = matrix.trace;
  Aligned<double> copy(n * n);
  std::copy(matrix.lower.data(), matrix.lower.data() + n * n, copy.data());
  // Half of the samples: beyond, the two steps cost more than the one.
  const PivotedCholesky pivoted = pivotedCholesky(n, copy.data(), tolerance, matrix.noise, n / 2, keepGoing);
  if (pivoted.finished && pivoted.rank > 0) {
    fromFactor(n, pivoted, found, keepGoing);
  } else {
    whole(n, matrix.lower.data(), matrix.noise, found, keepGoing);
  }
  double kept = 0;
  for (double lambda : found.lambda) kept += lambda;
  found.residual = std::max(0.0, found.trace - kept);
  return found;
}

}  // namespace gramian
