#include "feature_spectrum.h"

#include <algorithm>
#include <cmath>

#include "../lapack.h"
#include "cholesky_qr.h"
#include "orthonormal.h"
#include "strips.h"

namespace gramian {

namespace {

// Squaring the features leaves eigenvalues with an error of 2^-53 of the largest. A least one above this share of it is
// known to be none of the zeros that numpy's matrix_rank would count; one above the other is also known to 10 digits.
constexpr double kCertain = 1e-12, kPrecise = 1e-6;

// numpy's matrix_rank: singular values above max(n, d)·2^-52 of the largest.
std::size_t rankOf(const double* sigma, std::size_t count, std::size_t n, std::size_t d) {
  const double least = static_cast<double>(std::max(n, d)) * 0x1p-52 * sigma[0];
  std::size_t rank = 0;
  while (rank < count && sigma[rank] > least) ++rank;
  return rank;
}

bool certain(const std::vector<double>& rising, Digits digits) {
  return rising.front() > (digits == Digits::few ? kCertain : kPrecise) * rising.back();
}

void takeRows(const double* from, std::size_t rows, std::size_t cols, Aligned<double>& to) {
  std::copy(from, from + rows * cols, to.grow(rows * cols));
}

// Eigenvectors come in rows, rising: turned to falling.
void fall(std::vector<double>& values, double* vectors) {
  const std::size_t n = values.size();
  std::reverse(values.begin(), values.end());
  for (std::size_t k = 0; k < n / 2; ++k) {
    std::swap_ranges(vectors + k * n, vectors + (k + 1) * n, vectors + (n - 1 - k) * n);
  }
}

void fromSingularValues(const std::vector<double>& sigma, std::size_t n, std::size_t d, Spectrum& found) {
  found.rank = rankOf(sigma.data(), sigma.size(), n, d);
  for (std::size_t k = 0; k < found.rank; ++k) found.lambda.push_back(sigma[k] * sigma[k]);
  found.route = "svd";
}

// At least as many rows as columns: the d×d covariance, or QR and the SVD of R.
void tall(Features& features, bool right, Digits digits, Spectrum& found, const KeepGoing& keepGoing) {
  const std::size_t n = features.samples, d = features.kept();
  Aligned<double> square(d * d), vectors(d * d);
  std::vector<double> values(d);
  found.stride = d;
  bool squared = false;
  if (digits != Digits::all) {
    gramOfColumns(n, d, features.x.data(), square.data(), keepGoing);
    eigenvectors(d, square.data(), values.data(), vectors.data(), keepGoing);
    squared = certain(values, digits);
  }
  if (squared) {
    fall(values, vectors.data());
    if (right) takeRows(vectors.data(), d, d, found.right);
    for (std::size_t k = 0; k < d; ++k) {
      const double factor = 1 / std::sqrt(values[k]);
      for (std::size_t j = 0; j < d; ++j) vectors.data()[k * d + j] *= factor;
    }
    timesTransposed(n, d, d, features.x.data(), vectors.data(), found.u.grow(n * d), keepGoing);
    orthonormalise(n, d, found.u.data(), keepGoing);
    found.rank = d;
    found.lambda = values;
    found.route = "covariance";
    return;
  }
  if (digits != Digits::all || !choleskyQr(n, d, features.x.data(), square.data(), keepGoing)) {
    qr(n, d, features.x.data(), square.data());
  }
  keepGoing();
  Aligned<double> left(d * d);
  svd(d, d, square.data(), values.data(), left.data(), vectors.data());
  keepGoing();
  fromSingularValues(values, n, features.given, found);
  if (right) takeRows(vectors.data(), found.rank, d, found.right);
  double* u = found.u.grow(n * d);
  forStrips(n, 2.0 * static_cast<double>(d * d), keepGoing, [&](std::size_t begin, std::size_t count) {
    gemm(false, false, count, found.rank, d, 1.0, features.x.data() + begin * d, d, left.data(), d, 0.0, u + begin * d,
         d);
  });
}

// A reflection takes the vector of ones, to which centred features are orthogonal, to the first coordinate. Without
// that coordinate the rows are one fewer and the singular values the same but for one exact zero: what is left may have
// full rank, and then nothing has to be told from rounding.
void dropOnes(std::size_t n, std::size_t d, double* x) {
  const double root = std::sqrt(static_cast<double>(n)), share = 1 / (root * (1 + 1 / root));
  std::vector<double> first(d, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < d; ++j) first[j] += x[i * d + j];
  }
  for (std::size_t j = 0; j < d; ++j) first[j] = (x[j] + first[j] / root) * share;
  for (std::size_t i = 1; i < n; ++i) {
    for (std::size_t j = 0; j < d; ++j) x[(i - 1) * d + j] = x[i * d + j] - first[j];
  }
}

// The same reflection on vectors without their first coordinate, which is 0: `u` has room for one row more.
void restoreOnes(std::size_t n, std::size_t cols, double* u) {
  const double size = static_cast<double>(n), root = std::sqrt(size);
  std::vector<double> sum(cols, 0.0);
  for (std::size_t i = 0; i + 1 < n; ++i) {
    for (std::size_t k = 0; k < cols; ++k) sum[k] += u[i * cols + k];
  }
  for (std::size_t i = n - 1; i > 0; --i) {
    for (std::size_t k = 0; k < cols; ++k) u[i * cols + k] = u[(i - 1) * cols + k] - sum[k] / (size + root);
  }
  for (std::size_t k = 0; k < cols; ++k) u[k] = -sum[k] / root;
}

// Fewer rows than columns: the Gram matrix of the rows, or LQ and the SVD of L.
void wide(Features& features, bool centred, bool right, Digits digits, Spectrum& found, const KeepGoing& keepGoing) {
  const std::size_t n = features.samples, d = features.kept(), m = centred ? n - 1 : n;
  double* y = features.x.data();
  if (centred) dropOnes(n, d, y);
  Aligned<double> square(m * m);
  std::vector<double> values(m);
  found.stride = m;
  double* u = found.u.grow(n * m);
  bool done = false;
  if (!right && digits != Digits::all) {
    forStrips(d, static_cast<double>(m * m), keepGoing, [&](std::size_t begin, std::size_t count) {
      syrkLower(m, count, 1.0, y + begin, d, begin == 0 ? 0.0 : 1.0, square.data(), m);
    });
    Aligned<double> vectors(m * m);
    eigenvectors(m, square.data(), values.data(), vectors.data(), keepGoing);
    done = certain(values, digits);
    if (done) {
      fall(values, vectors.data());
      for (std::size_t i = 0; i < m; ++i) {
        for (std::size_t k = 0; k < m; ++k) u[i * m + k] = vectors.data()[k * m + i];
      }
      found.rank = m;
      found.lambda = values;
      found.route = "gram";
    }
  }
  if (!done) {
    lq(m, d, y, square.data());
    keepGoing();
    Aligned<double> inner(m * m);
    svd(m, m, square.data(), values.data(), u, inner.data());
    keepGoing();
    fromSingularValues(values, n, features.given, found);
    if (right) {
      gemm(false, false, found.rank, d, m, 1.0, inner.data(), m, y, d, 0.0, found.right.grow(found.rank * d), d);
    }
  }
  if (centred) restoreOnes(n, m, u);
}

}  // namespace

Spectrum featureSpectrum(Features& features, bool centred, bool right, Digits digits, const KeepGoing& keepGoing) {
  Spectrum found;
  found.trace = features.trace;
  found.route = "svd";
  const std::size_t d = features.kept(), n = features.samples;
  if (d == 0) return found;
  if (d > (centred ? n - 1 : n)) wide(features, centred, right, digits, found, keepGoing);
  else tall(features, right, digits, found, keepGoing);
  double kept = 0;
  for (double lambda : found.lambda) kept += lambda;
  found.residual = std::max(0.0, found.trace - kept);
  return found;
}

}  // namespace gramian
