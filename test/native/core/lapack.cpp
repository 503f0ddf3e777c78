// The LAPACK wrappers against what defines each factorisation: the product of the factors, and orthonormality.
#include "lapack.h"

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "blas.h"
#include "check.h"
#include "error.h"
#include "lapack_eigen.h"

using namespace gramian;

namespace {

using Values = std::vector<double>;

Values gaussian(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  Values values(count);
  for (double& value : values) value = normal(random);
  return values;
}

// A·B for A m×k and B k×n; with `transposed`, A·Bᵀ for B n×k.
Values multiply(const Values& a, const Values& b, std::size_t m, std::size_t k, std::size_t n,
                bool transposed = false) {
  Values c(m * n, 0.0);
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t l = 0; l < k; ++l) c[i * n + j] += a[i * k + l] * (transposed ? b[j * k + l] : b[l * n + j]);
    }
  }
  return c;
}

double largestDifference(const Values& a, const Values& b) {
  double most = 0;
  for (std::size_t k = 0; k < a.size(); ++k) most = std::max(most, std::fabs(a[k] - b[k]));
  return most;
}

Values identity(std::size_t n) {
  Values eye(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i) eye[i * n + i] = 1;
  return eye;
}

Values transpose(const Values& a, std::size_t m, std::size_t n) {
  Values t(a.size());
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < n; ++j) t[j * m + i] = a[i * n + j];
  }
  return t;
}

// Of norm about 1, so that 1e-13 is some hundreds of roundings.
Values symmetric(std::size_t n, unsigned seed) {
  const Values g = gaussian(n * n, seed);
  Values a(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) a[i * n + j] = (g[i * n + j] + g[j * n + i]) / std::sqrt(8.0 * n);
  }
  return a;
}

}  // namespace

TEST("lapack: eigenvectors rebuild the matrix, values alone agree; sizes around the panel's") {
  for (std::size_t n : {1, 2, 3, 31, 64, 65, 96, 97, 150, 200}) {
    for (double scale : {1.0, 1e-200, 1e200}) {
      const Values a = symmetric(n, static_cast<unsigned>(n));
      Values scaled = a, values(n), vectors(n * n), alone(n);
      for (double& x : scaled) x *= scale;
      // Nothing above the diagonal may be read.
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = i + 1; j < n; ++j) scaled[i * n + j] = std::numeric_limits<double>::quiet_NaN();
      }
      Values copy = scaled;
      eigenvectors(n, copy.data(), values.data(), vectors.data());
      eigenvalues(n, scaled.data(), alone.data());
      Values weighted = transpose(vectors, n, n);
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < n; ++k) weighted[i * n + k] *= values[k] / scale;
      }
      CHECK(largestDifference(multiply(weighted, vectors, n, n, n), a) < 1e-13);
      CHECK(largestDifference(multiply(vectors, vectors, n, n, n, true), identity(n)) < 1e-13);
      for (std::size_t k = 0; k < n; ++k) {
        CHECK(std::fabs(values[k] - alone[k]) < 1e-13 * scale);
        CHECK(k == 0 || values[k - 1] <= values[k]);
      }
    }
  }
}

TEST("lapack: eigenvalues in single precision") {
  for (std::size_t n : {1, 70, 130}) {
    Values a = symmetric(n, 5), values(n);
    std::vector<float> narrow(a.begin(), a.end()), found(n);
    eigenvalues(n, a.data(), values.data());
    eigenvalues(n, narrow.data(), found.data());
    // 2^-24 times some tens of roundings.
    for (std::size_t k = 0; k < n; ++k) CHECK(std::fabs(values[k] - static_cast<double>(found[k])) < 2e-6);
  }
}

TEST("lapack: a decomposition in the middle stops when it is told to") {
  Values a = symmetric(300, 3), values(300), vectors(300 * 300);
  int asked = 0;
  bool stopped = false;
  try {
    eigenvectors(300, a.data(), values.data(), vectors.data(), [&] {
      if (++asked == 3) throw Cancelled();
    });
  } catch (const Cancelled&) {
    stopped = true;
  }
  CHECK(stopped);
}

TEST("lapack: Cholesky, its condition number, and what is not positive definite") {
  const std::size_t n = 120;
  const Values g = gaussian(n * n, 7);
  Values a = multiply(g, g, n, n, n, true);
  for (std::size_t i = 0; i < n; ++i) a[i * n + i] += n;
  Values l = a;
  CHECK(cholesky(n, l.data(), n));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) l[i * n + j] = 0;
  }
  // Entries of about n, over sums of n terms.
  CHECK(largestDifference(multiply(l, l, n, n, n, true), a) < 1e-11);
  double norm1 = 0;
  for (std::size_t i = 0; i < n; ++i) {
    double sum = 0;
    for (std::size_t j = 0; j < n; ++j) sum += std::fabs(a[i * n + j]);
    norm1 = std::max(norm1, sum);
  }
  // Eigenvalues lie between n and about 5n; the 1-norm of either matrix is at most √n times its spectral norm.
  const double condition = 1 / reciprocalCondition(n, l.data(), n, norm1);
  CHECK(condition > 3 && condition < 6 * n);
  a[0] = -1;
  CHECK(!cholesky(n, a.data(), n));
}

TEST("lapack: B·L⁻ᵀ and B·L⁻¹") {
  const std::size_t m = 7, n = 40;
  Values l = gaussian(n * n, 8);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i; j < n; ++j) l[i * n + j] = i == j ? 20 : 0;
  }
  const Values b = gaussian(m * n, 9);
  Values x = b, y = b;
  solveLowerRight(true, m, n, l.data(), n, x.data(), n);
  solveLowerRight(false, m, n, l.data(), n, y.data(), n);
  CHECK(largestDifference(multiply(x, l, m, n, n, true), b) < 1e-13);
  CHECK(largestDifference(multiply(y, l, m, n, n), b) < 1e-13);
}

TEST("lapack: QR of tall and LQ of wide matrices") {
  for (std::size_t n : {1, 5, 40}) {
    const std::size_t m = 90;
    const Values a = gaussian(m * n, 11);
    Values q = a, r(n * n);
    qr(m, n, q.data(), r.data());
    CHECK(largestDifference(multiply(q, r, m, n, n), a) < 1e-13);
    const Values qt = transpose(q, m, n);
    CHECK(largestDifference(multiply(qt, qt, n, m, n, true), identity(n)) < 1e-13);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < i; ++j) CHECK_EQUAL(r[i * n + j], 0.0);
    }
    const Values wide = transpose(a, m, n);
    Values p = wide, l(n * n);
    lq(n, m, p.data(), l.data());
    CHECK(largestDifference(multiply(l, p, n, n, m), wide) < 1e-13);
    CHECK(largestDifference(multiply(p, p, n, m, n, true), identity(n)) < 1e-13);
  }
}

TEST("lapack: singular values and vectors of tall, square and wide matrices") {
  for (const auto& [m, n] : {std::pair<std::size_t, std::size_t>{30, 8}, {12, 12}, {6, 25}, {1, 4}, {4, 1}}) {
    const std::size_t s = std::min(m, n);
    const Values a = gaussian(m * n, 13);
    Values copy = a, values(s), left(m * s), right(s * n), alone(s), destroyed = a;
    svd(m, n, copy.data(), values.data(), left.data(), right.data());
    singularValues(m, n, destroyed.data(), alone.data());
    Values weighted = left;
    for (std::size_t i = 0; i < m; ++i) {
      for (std::size_t k = 0; k < s; ++k) weighted[i * s + k] *= values[k];
    }
    CHECK(largestDifference(multiply(weighted, right, m, s, n), a) < 1e-13);
    CHECK(largestDifference(multiply(right, right, s, n, s, true), identity(s)) < 1e-13);
    CHECK(largestDifference(values, alone) < 1e-13);
  }
}

TEST("lapack: what is not finite is refused before an iteration starts on it") {
  for (double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    Values a(9, bad), values(3), vectors(9);
    int refused = 0;
    const auto refuses = [&](auto call) {
      try {
        call();
      } catch (const CoreError& error) {
        refused += std::string(error.code()) == "NON_FINITE";
      }
    };
    refuses([&] { eigenvalues(3, a.data(), values.data()); });
    refuses([&] { eigenvectors(3, a.data(), values.data(), vectors.data()); });
    refuses([&] { singularValues(3, 3, a.data(), values.data()); });
    refuses([&] { qr(3, 3, a.data(), vectors.data()); });
    refuses([&] { lq(3, 3, a.data(), vectors.data()); });
    CHECK_EQUAL(refused, 5);
  }
}
