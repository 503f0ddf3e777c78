// Factorisations and pair spectra by themselves: what JavaScript does not see of them, and what sanitizers should.
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "check.h"
#include "error.h"
#include "facts.h"
#include "run_work.h"
#include "spectral/correlation_logdet.h"
#include "spectral/factor.h"
#include "spectral/lanczos.h"
#include "spectral/orthonormal.h"
#include "spectral/pair_spectra.h"
#include "spectral/pivoted_cholesky.h"
#include "spectral/singular_values.h"

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

const KeepGoing always = [] {};

// The largest entry of A − G·Gᵀ for G n×stride, its first r columns.
double rest(std::size_t n, const Values& a, const double* g, std::size_t stride, std::size_t r) {
  double most = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = a[i * n + j];
      for (std::size_t k = 0; k < r; ++k) sum -= g[i * stride + k] * g[j * stride + k];
      most = std::max(most, std::fabs(sum));
    }
  }
  return most;
}

}  // namespace

TEST("spectral: pivoted Cholesky rebuilds a matrix of known rank, panel after panel") {
  const std::size_t n = 150;
  for (std::size_t r : {1, 47, 48, 49, 110}) {
    const Values g = gaussian(n * r, static_cast<unsigned>(r));
    Values a(n * n, std::numeric_limits<double>::quiet_NaN());
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        a[i * n + j] = 0;
        for (std::size_t k = 0; k < r; ++k) a[i * n + j] += g[i * r + k] * g[j * r + k] / static_cast<double>(r);
      }
    }
    Values copy = a;
    const PivotedCholesky found = pivotedCholesky(n, copy.data(), 1e-13, 0, n, always);
    CHECK(found.finished);
    CHECK_EQUAL(found.rank, r);
    // Entries of about 1 after up to 110 subtractions.
    CHECK(rest(n, a, found.factor.data(), found.stride, found.rank) < 1e-12);
    copy = a;
    CHECK(!pivotedCholesky(n, copy.data(), 1e-13, 0, r - 1, always).finished);
    copy = a;
    const PivotedCholesky coarse = pivotedCholesky(n, copy.data(), 0.3, 0, n, always);
    double trace = 0;
    for (std::size_t i = 0; i < n; ++i) trace += a[i * n + i];
    CHECK(coarse.finished && coarse.residual <= 0.3 * trace && coarse.rank <= r);
  }
}

TEST("spectral: columns far from orthonormal are made so, each by those before it") {
  const std::size_t n = 60, cols = 9;
  for (double mix : {1e-9, 1e-3, 0.9}) {
    Values u = gaussian(n * cols, 3);
    // Almost the same columns, at the larger mixes.
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t k = 1; k < cols; ++k) u[i * cols + k] = mix * u[i * cols] + (1 - mix) * u[i * cols + k];
    }
    const Values before = u;
    orthonormalise(n, cols, u.data(), always);
    for (std::size_t k = 0; k < cols; ++k) {
      for (std::size_t l = 0; l <= k; ++l) {
        double dot = 0;
        for (std::size_t i = 0; i < n; ++i) dot += u[i * cols + k] * u[i * cols + l];
        CHECK(std::fabs(dot - (k == l ? 1 : 0)) < 1e-14);
      }
      double along = 0;
      for (std::size_t i = 0; i < n; ++i) along += u[i * cols + k] * before[i * cols + k];
      CHECK(along > 0);
    }
  }
}

TEST("spectral: singular values of a graded matrix sum up as promised, and where they could not each is found") {
  // A diagonal beside columns of zeros, so that the values are known exactly.
  const std::size_t m = 60, n = 80;
  for (double small : {1e-2, 1e-9}) {
    Values a(m * n, 0.0), out(m);
    double sum = 0;
    for (std::size_t k = 0; k < m; ++k) sum += a[k * n + k] = k == 0 ? 1 : small * (1 - 0.01 * static_cast<double>(k));
    SingularValueScratch scratch;
    allSingularValues(m, n, a.data(), {}, scratch, out.data(), always);
    CHECK(std::fabs(std::accumulate(out.begin(), out.end(), 0.0) / sum - 1) < 1e-7);
    // Sixty values lost in the Gram matrix's rounding would be more than that: they come out of an SVD.
    for (std::size_t k = 0; k < m; ++k) CHECK(std::fabs(out[k] / a[k * n + k] - 1) < 1e-6);
  }
}

TEST("spectral: log-determinants near 1 are finite until rounding hides the difference") {
  for (double gap : {1e-3, 1e-9, 1e-12}) {
    const double sigma = 1 - gap;
    // 1 − σ² carries the rounding of σ², 2^-53 beside 2·gap.
    const double expected = -std::log(-std::expm1(2 * std::log1p(-gap))) / 2;
    CHECK(std::fabs(correlationLogdet(1, 1, &sigma, 1e-13) - expected) < 1e-16 / gap + 1e-14);
  }
  for (double sigma : {1.0, 1 - 1e-15, 1.5, 1e200}) CHECK(std::isinf(correlationLogdet(1, 1, &sigma, 1e-13)));
  const double none[6] = {};
  CHECK_EQUAL(correlationLogdet(2, 3, none, 1e-13), 0.0);
}

TEST("spectral: the largest singular value of a matrix of zeros, and of tall and wide ones") {
  const Values zeros(60 * 70, 0.0);
  CHECK_EQUAL(largestSingularValue(60, 70, zeros.data(), always), 0.0);
  Values a = gaussian(60 * 70, 5);
  for (const auto& [m, n] : {std::pair<std::size_t, std::size_t>{60, 70}, {70, 60}, {2, 2100}}) {
    Values copy = a, values(std::min(m, n));
    const std::vector<float> narrow(a.begin(), a.end());
    singularValues(m, n, copy.data(), values.data());
    CHECK(std::fabs(largestSingularValue(m, n, a.data(), always) / values[0] - 1) < 1e-13);
    CHECK(std::fabs(largestSingularValue(m, n, narrow.data(), always) / values[0] - 1) < 1e-6);
  }
}

TEST("spectral: a cancelled work throws Cancelled out of its units") {
  const std::size_t n = 80, d = 20;
  const Values x = gaussian(n * d, 6);
  const MatrixView view{x.data(), DType::f64, n, d};
  const Facts facts = findFacts(view);
  FactorRequest request;
  request.source = {};
  request.source.view = view;
  request.source.mean = facts.mean.data();
  request.source.centredNorm2 = facts.centredNorm2.data();
  request.source.dotMean = facts.dotMean.data();
  Values out(n * n);
  request.outputs.push_back({FactorOutput::Kind::basis, 0, out.data(), DType::f64, n, nullptr});
  for (MapKind map : {MapKind::linear, MapKind::rbf}) {
    request.map.map = map;
    const auto whole = makeFactors({request});
    runWork(*whole, 1);
    CHECK_EQUAL(whole->results()[0].rank, map == MapKind::linear ? d : n - 1);
    const auto work = makeFactors({request});
    work->cancel();
    bool thrown = false;
    try {
      work->run(0, 0, 0);
    } catch (const Cancelled&) {
      thrown = true;
    }
    CHECK(thrown);
  }
}

TEST("spectral: what a hat matrix leaves of the ones, and the means of its factor, on every route") {
  const std::size_t n = 40, d = 6;
  Values x = gaussian(n * d, 8);
  // All but in the span of the ones: what is left of these is of the size of 10⁻³.
  for (double& value : x) value += 1e3;
  const MatrixView view{x.data(), DType::f64, n, d};
  const Facts facts = findFacts(view);
  FactorRequest request;
  request.source.view = view;
  request.source.mean = facts.mean.data();
  request.source.centredNorm2 = facts.centredNorm2.data();
  request.source.dotMean = facts.dotMean.data();
  request.centred = false;
  std::vector<float> narrow(n * d);
  Values wide(n * d), ridge(n * d), means(d), fast(n), exact(n), left(n);
  request.eigenvalues = false;
  request.outputs = {
      {FactorOutput::Kind::projector, 0, narrow.data(), DType::f32, d, nullptr, means.data(), fast.data()}};
  const auto cholesky = makeFactors({request});
  runWork(*cholesky, 1);
  CHECK_EQUAL(std::string(cholesky->results()[0].route), "cholesky");
  request.outputs = {{FactorOutput::Kind::projector, 0, wide.data(), DType::f64, d, nullptr, nullptr, exact.data()},
                     {FactorOutput::Kind::explained, 1.0, ridge.data(), DType::f64, d, nullptr, nullptr, left.data()}};
  runWork(*makeFactors({request}), 1);

  double sum = 0, squares = 0, off = 0;
  for (std::size_t i = 0; i < n; ++i) {
    sum += exact[i];
    squares += exact[i] * exact[i];
    off = std::max(off, std::fabs(fast[i] - exact[i]));
  }
  // Features of 10³ are rounded at 10⁻¹³ of what varies in them, and the residual is a thousand times smaller.
  CHECK(squares > 1e-7 && squares < 1e-3);
  CHECK(off < 1e-13);
  CHECK(std::fabs(sum / squares - 1) < 1e-12);
  for (std::size_t k = 0; k < d; ++k) {
    double mean = 0, along = 0;
    for (std::size_t i = 0; i < n; ++i) {
      mean += static_cast<double>(narrow[i * d + k]) / static_cast<double>(n);
      along += exact[i] * x[i * d + k];
    }
    CHECK(std::fabs(mean - means[k]) < 1e-15);
    // Orthogonal to features of 10³, but for the rounding of 40 products of size 1.
    CHECK(std::fabs(along) < 1e-11);
  }
  // The ridge leaves more: ‖(I − P)1‖² of it is at least that of the projector.
  double more = 0;
  for (double value : left) more += value;
  CHECK(more > squares);
}

TEST("spectral: an output too narrow for the rank is an error, not a write beyond it") {
  const std::size_t n = 12;
  const Values eye = [] {
    Values one(12 * 12, 0.0);
    for (std::size_t i = 0; i < 12; ++i) one[i * 12 + i] = 1;
    return one;
  }();
  FactorRequest request;
  request.source.kind = SourceSpec::Kind::gram;
  request.source.view = {eye.data(), DType::f64, n, n};
  request.centred = false;
  Values out(n * 3);
  request.outputs.push_back({FactorOutput::Kind::basis, 0, out.data(), DType::f64, 3, nullptr});
  std::string code;
  try {
    makeFactors({request})->run(0, 0, 0);
  } catch (const CoreError& error) {
    code = error.code();
  }
  CHECK_EQUAL(code, "INVALID_ARGUMENT");
}
