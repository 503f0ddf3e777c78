// Assignment against trying all, stitching fits against loops, and QR by Cholesky against what QR is.
#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "check.h"
#include "error.h"
#include "linalg/assignment.h"
#include "linalg/polar_factor.h"
#include "run_work.h"
#include "spectral/cholesky_qr.h"
#include "spectral/factor.h"
#include "stitching/component_fits.h"
#include "stitching/cross_kernel.h"
#include "stitching/cut_rank.h"
#include "stitching/matching_fits.h"

using namespace gramian;

namespace {

std::vector<double> noise(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  std::vector<double> values(count);
  for (double& value : values) value = normal(random);
  return values;
}

MatrixView view(const std::vector<double>& values, std::size_t rows, std::size_t cols) {
  return {values.data(), DType::f64, rows, cols};
}

double costOf(const std::vector<std::size_t>& found, const std::vector<double>& costs, std::size_t n) {
  double sum = 0;
  for (std::size_t i = 0; i < found.size(); ++i) sum += costs[i * n + found[i]];
  return sum;
}

double leastCost(std::size_t m, std::size_t n, const std::vector<double>& costs) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t(0));
  double least = HUGE_VAL;
  do {
    double sum = 0;
    for (std::size_t i = 0; i < m; ++i) sum += costs[i * n + order[i]];
    least = std::min(least, sum);
  } while (std::next_permutation(order.begin(), order.end()));
  return least;
}

bool different(std::vector<std::size_t> found) {
  std::sort(found.begin(), found.end());
  return std::adjacent_find(found.begin(), found.end()) == found.end();
}

// The largest difference of AᵀA (n×n, A m×n) from the identity.
double fromOrthonormal(std::size_t m, std::size_t n, const double* a) {
  double most = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      double sum = i == j ? -1 : 0;
      for (std::size_t k = 0; k < m; ++k) sum += a[k * n + i] * a[k * n + j];
      most = std::max(most, std::fabs(sum));
    }
  }
  return most;
}

}  // namespace

TEST("an assignment is the best of all") {
  for (std::size_t m = 1; m <= 7; ++m) {
    for (std::size_t n = m; n <= 7; ++n) {
      for (unsigned seed = 0; seed < 5; ++seed) {
        auto costs = noise(m * n, seed);
        // Whole numbers, with many ties, every other time.
        if (seed % 2 == 1) {
          for (double& cost : costs) cost = std::round(cost);
        }
        const auto found = assign(m, n, costs.data(), {});
        CHECK(different(found));
        // Rounding of a handful of additions.
        CHECK(std::fabs(costOf(found, costs, n) - leastCost(m, n, costs)) < 1e-13);
      }
    }
  }
}

TEST("equal costs have one assignment, in order") {
  const std::vector<double> costs(12, 3.5);
  CHECK(assign(3, 4, costs.data(), {}) == (std::vector<std::size_t>{0, 1, 2}));
}

TEST("a long assignment asks whether to go on") {
  const std::size_t n = 400;
  std::vector<double> costs(n * n);
  // Products are the hard case: every row wants the same columns.
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) costs[i * n + j] = static_cast<double>((i + 1) * (j + 1));
  }
  int asked = 0;
  const auto found = assign(n, n, costs.data(), [&] { ++asked; });
  CHECK(asked > 0);
  // The least sum of products pairs rising with falling.
  for (std::size_t i = 0; i < n; ++i) CHECK_EQUAL(found[i], n - 1 - i);
}

TEST("QR by Cholesky is orthonormal and upper triangular, and steps back where columns are nearly dependent") {
  const std::size_t m = 200, n = 20;
  for (const double tilt : {1.0, 1e-5}) {
    auto a = noise(m * n, 3);
    for (std::size_t i = 0; i < m; ++i) a[i * n + 7] = a[i * n + 2] + tilt * a[i * n + 7];
    const auto before = a;
    std::vector<double> r(n * n);
    CHECK(choleskyQr(m, n, a.data(), r.data(), {}));
    // 2^-53 by the root of the length, some tens of times.
    CHECK(fromOrthonormal(m, n, a.data()) < 1e-14);
    double most = 0;
    for (std::size_t i = 0; i < m; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        double sum = -before[i * n + j];
        for (std::size_t k = 0; k <= j; ++k) sum += a[i * n + k] * r[k * n + j];
        most = std::max(most, std::fabs(sum));
      }
    }
    CHECK(most < 1e-13);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < i; ++j) CHECK_EQUAL(r[i * n + j], 0.0);
    }
  }
  auto a = noise(m * n, 3);
  for (std::size_t i = 0; i < m; ++i) a[i * n + 7] = a[i * n + 2];
  const auto before = a;
  std::vector<double> r(n * n);
  CHECK(!choleskyQr(m, n, a.data(), r.data(), {}));
  CHECK(a == before);
}

TEST("a solver makes the projector's columns from the features, whatever the rank and the scale") {
  const std::size_t n = 40, d = 6;
  for (const double scale : {1.0, 1e-30}) {
    for (const bool repeated : {false, true}) {
      auto x = noise(n * d, 9);
      for (std::size_t i = 0; i < n; ++i) {
        x[i * d + 3] = 0;
        if (repeated) x[i * d + 5] = x[i * d + 1];
        for (std::size_t j = 0; j < d; ++j) x[i * d + j] *= scale;
      }
      const std::vector<double> mean(d, 0.0), rows(n, 0.0);
      std::vector<double> w(n * d, std::nan("")), m(d * d, std::nan(""));
      FactorRequest request;
      request.source = {SourceSpec::Kind::features, view(x, n, d), false, mean.data(), rows.data(), rows.data()};
      request.centred = false;
      request.eigenvalues = false;
      request.accurate = true;
      FactorOutput projector, solver;
      projector.kind = FactorOutput::Kind::projector;
      projector.data = w.data();
      solver.kind = FactorOutput::Kind::solver;
      solver.data = m.data();
      projector.cols = solver.cols = d;
      request.outputs = {projector, solver};
      const auto work = makeFactors({request});
      runWork(*work, 1);
      const std::size_t rank = repeated ? 4 : 5;
      CHECK_EQUAL(work->results()[0].rank, rank);
      CHECK_EQUAL(std::string(work->results()[0].route), std::string(repeated ? "svd" : "cholesky"));
      double most = 0;
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < d; ++k) {
          double sum = -w[i * d + k];
          for (std::size_t j = 0; j < d; ++j) sum += x[i * d + j] * m[j * d + k];
          most = std::max(most, std::isnan(sum) ? HUGE_VAL : std::fabs(sum));
        }
      }
      // 2^-53 by a condition near 1.
      CHECK(most < 1e-14);
      double trace = 0;
      for (double value : w) trace += value * value;
      CHECK(std::fabs(trace - static_cast<double>(rank)) < 1e-13);
    }
  }
}

TEST("a polar factor of a polar factor is itself, and a cut of a rank leaves the rank") {
  auto s = noise(4 * 6, 5);
  polarFactor(4, 6, s.data(), {});
  auto again = s;
  polarFactor(4, 6, again.data(), {});
  for (std::size_t k = 0; k < s.size(); ++k) CHECK(std::fabs(s[k] - again[k]) < 1e-14);
  // Of six singular values of 1, two are cut.
  auto c = s;
  CHECK(std::fabs(cutRank(4, 6, 2, c.data(), [] {}) - 2) < 1e-13);
  CHECK(cutRank(4, 6, 4, s.data(), [] {}) == 0);
}

TEST("component fits: a perfect fit's error is measured, another's is what is left over") {
  // U = the first two unit vectors of ℝ⁴, s = 2 and 1, V = the identity.
  const std::vector<double> basis{1, 0, 0, 1, 0, 0, 0, 0}, right{1, 0, 0, 1}, eigenvalues{4, 1}, zero{0, 0}, path{0};
  const std::vector<double> y{2, 3, 0, 0, 2, 3, 7, 0};
  std::vector<double> first(2), second(2);
  ComponentSpec spec;
  ComponentSource source;
  source.basis = view(basis, 4, 2);
  source.right = view(right, 2, 2);
  source.rank = 2;
  source.eigenvalues = eigenvalues.data();
  source.path = path.data();
  spec.sources = {source};
  spec.targets = {{{y.data(), DType::f64, 4, 1}, zero.data()}, {{y.data() + 4, DType::f64, 4, 1}, zero.data()}};
  spec.weights = {first.data(), second.data()};
  const auto work = makeComponentFits(spec);
  runWork(*work, 2);
  CHECK(first == (std::vector<double>{1, 3}));
  CHECK(second == (std::vector<double>{1, 3}));
  CHECK_EQUAL(work->fits()[0].residual, 0.0);
  CHECK_EQUAL(work->fits()[1].residual, 49.0);
}

TEST("component fits: leave-one-out is the error without the sample") {
  // One feature x = (1, 2, 2)/3 of norm 1, λ by hand: without sample i the fit is w = (xᵀy − x_i·y_i)/(1 − x_i² + nλ).
  const std::vector<double> x{1.0 / 3, 2.0 / 3, 2.0 / 3}, y{1, -1, 3}, one{1}, zero{0}, path{0.01, 0.1, 1};
  std::size_t best = 0;
  double least = HUGE_VAL;
  for (std::size_t l = 0; l < path.size(); ++l) {
    double sum = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      double inner = 0;
      for (std::size_t k = 0; k < 3; ++k) inner += k == i ? 0 : x[k] * y[k];
      const double error = y[i] - x[i] * inner / (1 - x[i] * x[i] + 3 * path[l]);
      sum += error * error;
    }
    if (sum < least) {
      least = sum;
      best = l;
    }
  }
  std::vector<double> weights(1);
  ComponentSpec spec;
  ComponentSource source;
  source.basis = view(x, 3, 1);
  source.right = view(one, 1, 1);
  source.rank = 1;
  source.eigenvalues = one.data();
  source.path = path.data();
  spec.sources = {source};
  spec.targets = {{view(y, 3, 1), zero.data()}};
  spec.weights = {weights.data()};
  spec.criterion = Criterion::leaveOneOut;
  spec.pathLength = path.size();
  const auto work = makeComponentFits(spec);
  runWork(*work, 1);
  CHECK_EQUAL(work->fits()[0].chosen, best);
}

TEST("matching fits: a swap of two features, and twice a rotation") {
  const std::vector<double> x{1, 0, 0, 2, 3, 1}, swapped{0, 1, 2, 0, 1, 3}, zero{0, 0};
  std::vector<double> weights(4), doubled(6);
  for (std::size_t k = 0; k < 6; ++k) doubled[k] = 2 * swapped[k];
  MatchingSpec spec;
  spec.kind = MatchingSpec::Kind::permutation;
  spec.sources = {{view(x, 3, 2), zero.data()}};
  spec.targets = {{view(swapped, 3, 2), zero.data()}};
  spec.weights = {weights.data()};
  const auto permuted = makeMatchingFits(spec);
  runWork(*permuted, 2);
  CHECK(weights == (std::vector<double>{0, 1, 1, 0}));
  CHECK_EQUAL(permuted->residuals()[0], 0.0);
  spec.kind = MatchingSpec::Kind::orthogonal;
  spec.scaled = true;
  spec.targets = {{view(doubled, 3, 2), zero.data()}};
  const auto rotated = makeMatchingFits(spec);
  runWork(*rotated, 2);
  const std::vector<double> wanted{0, 2, 2, 0};
  for (std::size_t k = 0; k < 4; ++k) CHECK(std::fabs(weights[k] - wanted[k]) < 1e-14);
  CHECK(rotated->residuals()[0] < 1e-28);
}

TEST("a kernel between samples and fitted rows, of every kind, with a repeated row") {
  const std::size_t n = 300, m = 130, d = 3, t = 2;
  const auto fitted = noise(n * d, 1);
  auto samples = noise(m * d, 2);
  std::copy(fitted.begin(), fitted.begin() + d, samples.begin());
  const auto dual = noise(t * n, 3);
  const std::vector<double> bias{1, -2}, zero(d, 0.0);
  using Kind = CrossKernel::Kind;
  for (const Kind kind : {Kind::linear, Kind::cosine, Kind::polynomial, Kind::rbf, Kind::laplacian}) {
    std::vector<double> out(m * t, std::nan(""));
    CrossKernelSpec spec;
    spec.kernel = {kind, 1.5, 0.5, 0.25, 3, false};
    spec.fitted = {view(fitted, n, d), zero.data()};
    spec.samples = {view(samples, m, d), zero.data()};
    spec.outputs = t;
    spec.dual = dual.data();
    spec.bias = bias.data();
    spec.out = out.data();
    const auto work = makeCrossKernel(spec);
    runWork(*work, 2);
    double most = 0;
    for (std::size_t i = 0; i < m; ++i) {
      for (std::size_t j = 0; j < t; ++j) {
        double sum = bias[j];
        for (std::size_t k = 0; k < n; ++k) {
          double inner = 0, distance2 = 0, xx = 0, yy = 0;
          for (std::size_t f = 0; f < d; ++f) {
            const double x = samples[i * d + f], y = fitted[k * d + f];
            inner += x * y;
            xx += x * x;
            yy += y * y;
            distance2 += (x - y) * (x - y);
          }
          double value = inner;
          if (kind == Kind::cosine) value = inner / std::sqrt(xx * yy);
          if (kind == Kind::polynomial) value = std::pow(0.5 * inner + 0.25, 3);
          if (kind == Kind::rbf) value = std::exp(-distance2 / (2 * 1.5 * 1.5));
          if (kind == Kind::laplacian) value = std::exp(-std::sqrt(distance2) / 1.5);
          sum += value * dual[j * n + k];
        }
        const double error = std::fabs(sum - out[i * t + j]);
        most = std::isnan(error) ? HUGE_VAL : std::max(most, error);
      }
    }
    // Sums of 300 products of size up to 100.
    CHECK(most < 1e-10);
  }
}

TEST("stitching work that was cancelled stops") {
  const auto x = noise(20, 1);
  const std::vector<double> zero(2, 0.0);
  std::vector<double> out(20), weights(4);
  CrossKernelSpec kernel;
  kernel.fitted = kernel.samples = {view(x, 10, 2), zero.data()};
  kernel.outputs = 2;
  kernel.dual = x.data();
  kernel.out = out.data();
  MatchingSpec matching;
  matching.sources = matching.targets = {kernel.fitted};
  matching.weights = {weights.data()};
  const std::unique_ptr<Work> works[] = {makeCrossKernel(kernel), makeMatchingFits(matching)};
  for (const auto& work : works) {
    work->cancel();
    bool stopped = false;
    try {
      work->run(0, 0, 0);
    } catch (const Cancelled&) {
      stopped = true;
    }
    CHECK(stopped);
  }
}
