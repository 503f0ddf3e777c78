// Weighted sums against loops over the matrices they are sums of.
#include <cmath>
#include <string>

#include "check.h"
#include "error.h"
#include "resampling/weighted_spec.h"
#include "resampling_layers.h"
#include "run_work.h"

using namespace resampling;

namespace {

// More than one block of columns and one panel of terms.
constexpr std::size_t kSamples = 643;

struct Found {
  std::vector<double> quadratic, rows, totals, scale;
};

Found runSpec(const WeightedSpec& spec, std::size_t threads) {
  Found found;
  found.quadratic.resize(spec.count * spec.pairs.size());
  found.rows.resize(found.quadratic.size());
  found.totals.resize(spec.count * spec.operators.size());
  found.scale.resize(spec.operators.size());
  const auto work =
      makeWeighted(spec, {found.quadratic.data(), found.rows.data(), found.totals.data(), found.scale.data()});
  runWork(*work, threads);
  CHECK_EQUAL(work->done(), work->total());
  return found;
}

// All ones, all but one, bootstrap counts, anything.
std::vector<double> weightings(std::size_t n, std::size_t count) {
  std::mt19937 random(7);
  std::vector<double> weights(count * n, 0.0);
  for (std::size_t k = 0; k < count; ++k) {
    double* w = weights.data() + k * n;
    for (std::size_t i = 0; i < n; ++i) {
      if (k % 4 < 2) w[i] = 1;
      else if (k % 4 == 2) ++w[random() % n];
      else w[i] = static_cast<double>(random() % 1000) / 300;
    }
    if (k % 4 == 1) w[k % n] = 0;
  }
  return weights;
}

}  // namespace

TEST("weighted: every form and both precisions against loops over the matrices") {
  std::vector<Layer> layers;
  for (unsigned seed : {1u, 2u, 3u}) layers.push_back(makeLayer(kSamples, 2 + 3 * seed, seed));
  const std::vector<double> weights = weightings(kSamples, 5);
  for (bool f32 : {false, true}) {
    WeightedSpec spec;
    for (const Layer& layer : layers) spec.sources.push_back(sourceOf(layer, f32));
    for (std::size_t l = 0; l < 3; ++l) spec.operators.push_back(operatorOf(l, 0, MapKind::linear));
    spec.operators.push_back(operatorOf(0, 1, MapKind::laplacian));
    spec.pairs = {{0, 0}, {0, 1}, {2, 1}, {3, 3}, {3, 0}};
    spec.samples = kSamples;
    spec.weights = weights.data();
    spec.count = 5;
    spec.precision = f32 ? TileType::f32 : TileType::f64;
    spec.slots = 2;
    auto truth = conditioned(spec.sources, spec.operators, kSamples);
    for (WeightedForm form : {WeightedForm::conditioned, WeightedForm::full, WeightedForm::offDiagonal}) {
      spec.form = form;
      const Found found = runSpec(spec, 2);
      const auto entry = [&](const Conditioned& one, std::size_t i, std::size_t j) {
        double value = i == j ? one.diagonal[i] : one.matrix[i * kSamples + j];
        if (form == WeightedForm::offDiagonal && i == j) value = 0;
        if (form == WeightedForm::full) value += one.offset[i] + one.offset[j] + one.constant;
        return value;
      };
      double worst = 0;
      const auto compare = [&](double actual, double expected, double size) {
        worst = std::max(worst, std::fabs(actual - expected) / size);
      };
      for (std::size_t k = 0; k < spec.count; ++k) {
        const double* w = weights.data() + k * kSamples;
        std::vector<std::vector<double>> applied;
        for (std::size_t l = 0; l < 4; ++l) {
          applied.emplace_back(kSamples, 0.0);
          double total = 0, size = 0;
          for (std::size_t i = 0; i < kSamples; ++i) {
            for (std::size_t j = 0; j < kSamples; ++j) {
              applied[l][i] += entry(truth[l], i, j) * w[j];
              size += std::fabs(w[i] * entry(truth[l], i, j) * w[j]);
            }
            total += w[i] * applied[l][i];
          }
          compare(found.totals[k * 4 + l], total, size);
        }
        for (std::size_t p = 0; p < spec.pairs.size(); ++p) {
          const Pair pair = spec.pairs[p];
          double quadratic = 0, quadraticSize = 0, rows = 0, rowsSize = 0;
          for (std::size_t i = 0; i < kSamples; ++i) {
            for (std::size_t j = 0; j < kSamples; ++j) {
              const double x = w[i] * w[j] * entry(truth[pair.a], i, j) * entry(truth[pair.b], i, j);
              quadratic += x;
              quadraticSize += std::fabs(x);
            }
            rows += w[i] * applied[pair.a][i] * applied[pair.b][i];
          }
          // Rows of a centred operator cancel, so their size is that of the terms: n times that of the entries'
          // products.
          rowsSize = quadraticSize;
          compare(found.quadratic[k * 5 + p], quadratic, quadraticSize);
          compare(found.rows[k * 5 + p], rows, std::max(std::fabs(rows), rowsSize));
        }
      }
      // f64: 2^-53 over a few hundred terms at a time. f32: 2^-24 of each entry and product, sums of 512 terms.
      if (!(worst <= (f32 ? 1e-5 : 1e-12)))
        check::fail("weighted", static_cast<int>(form), std::to_string(worst * 1e12));
    }
  }
}

TEST("weighted: the same bits on one, two and five threads, more weightings than a unit takes") {
  std::vector<Layer> layers{makeLayer(70, 5, 1), makeLayer(70, 9, 2)};
  const std::vector<double> weights = weightings(70, 1100);
  WeightedSpec spec;
  for (const Layer& layer : layers) spec.sources.push_back(sourceOf(layer, true));
  for (std::size_t l = 0; l < 2; ++l) spec.operators.push_back(operatorOf(l, 0, MapKind::linear));
  spec.pairs = {{0, 0}, {0, 1}};
  spec.samples = 70;
  spec.weights = weights.data();
  spec.count = 1100;
  spec.precision = TileType::f32;
  spec.slots = 5;
  const Found one = runSpec(spec, 1);
  for (std::size_t threads : {2, 5}) {
    const Found other = runSpec(spec, threads);
    CHECK(other.quadratic == one.quadratic);
    CHECK(other.rows == one.rows);
    CHECK(other.totals == one.totals);
    CHECK(other.scale == one.scale);
  }
}

TEST("weighted: negative and non-finite weights are refused") {
  const Layer layer = makeLayer(20, 3, 1);
  for (double wrong : {-1e-300, std::nan(""), static_cast<double>(INFINITY)}) {
    std::vector<double> weights(20, 1.0), out(4);
    weights[7] = wrong;
    WeightedSpec spec;
    spec.sources = {sourceOf(layer, false)};
    spec.operators = {operatorOf(0, 0, MapKind::linear)};
    spec.pairs = {{0, 0}};
    spec.samples = 20;
    spec.weights = weights.data();
    spec.count = 1;
    const auto work = makeWeighted(spec, {&out[0], &out[1], &out[2], &out[3]});
    bool refused = false;
    try {
      work->run(0, 0, 0);
    } catch (const CoreError& error) {
      refused = std::string(error.code()) == "INVALID_ARGUMENT";
    }
    CHECK(refused);
  }
}
