// Ranks of distances: inversions against counting pair by pair, and the work on layers with ties and without.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "check.h"
#include "facts.h"
#include "ranks/inversions.h"
#include "ranks/spec.h"
#include "run_work.h"

using namespace gramian;

namespace {

struct Layer {
  std::vector<double> data;
  Facts facts;
};

constexpr std::size_t kFeatures = 4;

// Whole numbers in a few steps, or so many steps that no two distances are equal.
Layer makeLayer(std::size_t n, int steps, unsigned seed) {
  std::mt19937 random(seed);
  Layer layer;
  for (std::size_t k = 0; k < n * kFeatures; ++k) {
    layer.data.push_back(static_cast<double>(random() % static_cast<unsigned>(steps)));
  }
  layer.facts = findFacts({layer.data.data(), DType::f64, n, kFeatures});
  return layer;
}

RankSpec specOf(const std::vector<Layer>& layers, std::size_t n) {
  RankSpec spec;
  spec.samples = n;
  spec.spearman = spec.kendall = true;
  for (std::uint32_t a = 0; a < layers.size(); ++a) {
    const Layer& layer = layers[a];
    spec.sources.push_back({});
    spec.sources.back().view = {layer.data.data(), DType::f64, n, kFeatures};
    spec.sources.back().mean = layer.facts.mean.data();
    spec.sources.back().centredNorm2 = layer.facts.centredNorm2.data();
    spec.sources.back().dotMean = layer.facts.dotMean.data();
    spec.distances.push_back(a);
    for (std::uint32_t b = 0; b < layers.size(); ++b) spec.pairs.push_back({a, b});
  }
  return spec;
}

RankResult resultOf(RankSpec spec, std::size_t threads) {
  spec.slots = threads;
  const auto work = rankCorrelations(std::move(spec));
  runWork(*work, threads);
  return work->result();
}

std::vector<double> distances(const Layer& layer, std::size_t n) {
  std::vector<double> found;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      double sum = 0;
      for (std::size_t k = 0; k < kFeatures; ++k) {
        const double difference = layer.data[i * kFeatures + k] - layer.data[j * kFeatures + k];
        sum += difference * difference;
      }
      found.push_back(sum);
    }
  }
  return found;
}

int sign(double x) { return x > 0 ? 1 : x < 0 ? -1 : 0; }

double tau(const std::vector<double>& x, const std::vector<double>& y) {
  std::int64_t balance = 0;
  for (std::size_t p = 0; p < x.size(); ++p) {
    for (std::size_t q = 0; q < p; ++q) balance += sign(x[p] - x[q]) * sign(y[p] - y[q]);
  }
  return static_cast<double>(balance) / (static_cast<double>(x.size()) * static_cast<double>(x.size() - 1) / 2);
}

class Nothing : public Work {
 public:
  std::size_t phases() const override { return 0; }
  std::size_t units(std::size_t) const override { return 0; }
  void run(std::size_t, std::size_t, std::size_t) override {}
  std::uint64_t total() const override { return 0; }
};

bool sameBits(const std::vector<double>& a, const std::vector<double>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

}  // namespace

TEST("inversions are counted exactly, ties not at all") {
  std::mt19937 random(1);
  const Nothing work;
  for (std::size_t count : {0, 1, 2, 15, 16, 17, 31, 32, 33, 47, 64, 100, 500, 1025}) {
    for (std::uint32_t values : {1u, 3u, 1000u, 2147483647u}) {
      std::vector<std::uint32_t> x(count), scratch(count);
      for (std::uint32_t& value : x) value = static_cast<std::uint32_t>(random()) % values;
      std::uint64_t expected = 0;
      for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j < i; ++j) expected += x[j] > x[i] ? 1 : 0;
      }
      CHECK_EQUAL(countInversions(x.data(), scratch.data(), count, work), expected);
    }
  }
}

TEST("rank correlations of distances, with ties and without, the same bits for any number of threads") {
  for (std::size_t n : {2, 3, 5, 40}) {
    const std::vector<Layer> layers{makeLayer(n, 2, 1), makeLayer(n, 4, 2), makeLayer(n, 1 << 20, 3),
                                    makeLayer(n, 1, 4)};
    for (const TileType precision : {TileType::f64, TileType::f32}) {
      RankSpec spec = specOf(layers, n);
      spec.precision = precision;
      const RankResult result = resultOf(spec, 1);
      const RankResult again = resultOf(spec, 3);
      CHECK(sameBits(result.spearman, again.spearman) && sameBits(result.kendall, again.kendall));
      CHECK_EQUAL(int(result.constant[3]), 1);
      for (std::size_t p = 0; n > 2 && p < spec.pairs.size(); ++p) {
        const double expected = tau(distances(layers[spec.pairs[p].a], n), distances(layers[spec.pairs[p].b], n));
        // f32 tells distances of 2^20 steps apart but for a few of 780.
        CHECK(std::fabs(result.kendall[p] - expected) <= (precision == TileType::f64 ? 1e-15 : 1e-4));
      }
    }
  }
}

TEST("binned ranks are near the exact ones, the same bits for any number of threads") {
  const std::size_t n = 300;
  const std::vector<Layer> layers{makeLayer(n, 2, 1), makeLayer(n, 1 << 20, 3), makeLayer(n, 1, 4)};
  RankSpec spec = specOf(layers, n);
  spec.kendall = false;
  const RankResult exact = resultOf(spec, 1);
  spec.bins = 1 << 14;
  const RankResult binned = resultOf(spec, 1);
  CHECK(sameBits(binned.spearman, resultOf(spec, 3).spearman));
  for (std::size_t p = 0; p < spec.pairs.size(); ++p) {
    CHECK_EQUAL(std::isnan(binned.spearman[p]), std::isnan(exact.spearman[p]));
    // A few times 1/(B√N).
    CHECK(std::isnan(exact.spearman[p]) || std::fabs(binned.spearman[p] - exact.spearman[p]) < 3e-6);
  }
}
