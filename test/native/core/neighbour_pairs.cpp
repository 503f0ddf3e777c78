// Top-k lists: the loops of every instruction set against a table of the recurrence, and the work on lists long and
// short.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "check.h"
#include "engine/aligned.h"
#include "error.h"
#include "neighbours/spec.h"
#include "run_work.h"
#include "simd/loops.h"

using namespace gramian;

namespace {

using List = std::vector<std::uint32_t>;

// k of the numbers below `bound`, none of them `not`, in any order.
List draw(std::mt19937& random, std::size_t k, std::uint32_t bound, std::uint32_t without) {
  List all(bound);
  std::iota(all.begin(), all.end(), 0u);
  if (without < bound) all.erase(all.begin() + without);
  std::shuffle(all.begin(), all.end(), random);
  all.resize(k);
  return all;
}

std::size_t commonLength(const List& x, const List& y) {
  std::vector<std::size_t> above(y.size() + 1, 0), row(above);
  for (std::uint32_t a : x) {
    for (std::size_t q = 0; q < y.size(); ++q) row[q + 1] = a == y[q] ? above[q] + 1 : std::max(above[q + 1], row[q]);
    above = row;
  }
  return above.back();
}

std::size_t editDistance(const List& x, const List& y) {
  std::vector<std::size_t> above(y.size() + 1), row(above);
  std::iota(above.begin(), above.end(), std::size_t(0));
  for (std::size_t p = 0; p < x.size(); ++p) {
    row[0] = p + 1;
    for (std::size_t q = 0; q < y.size(); ++q) {
      row[q + 1] = std::min(above[q] + (x[p] == y[q] ? 0 : 1), 1 + std::min(above[q + 1], row[q]));
    }
    above = row;
  }
  return above.back();
}

std::vector<const Loops*> tables() {
  std::vector<const Loops*> found{&baselineLoops()};
#if defined(__x86_64__) && defined(__GNUC__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) found.push_back(&avx2Loops());
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl")) {
    found.push_back(&avx512Loops());
  }
#endif
  return found;
}

struct Layer {
  List indices;
  std::vector<double> values;
};

Layer makeLayer(std::mt19937& random, std::size_t n, std::size_t k) {
  Layer layer;
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t j : draw(random, k, static_cast<std::uint32_t>(n), i)) {
      layer.indices.push_back(j);
      layer.values.push_back(std::cos(static_cast<double>(std::min(i, j) * n + std::max(i, j))));
    }
  }
  return layer;
}

NeighbourPairsSpec specOf(const std::vector<Layer>& layers, std::size_t n, std::size_t k) {
  NeighbourPairsSpec spec;
  spec.samples = n;
  spec.count = k;
  for (const Layer& layer : layers) {
    spec.indices.push_back(layer.indices.data());
    spec.values.push_back(layer.values.data());
  }
  for (std::uint32_t a = 0; a < layers.size(); ++a) {
    for (std::uint32_t b = 0; b < layers.size(); ++b) spec.pairs.push_back({a, b});
  }
  using Score = NeighbourScore;
  spec.wants = {Score::mutual, Score::jaccard,     Score::cycleForward,  Score::cycleBackward, Score::lcs,
                Score::edit,   Score::cknnaBiased, Score::cknnaDebiased, Score::platonicCknna};
  return spec;
}

std::vector<std::vector<double>> scoresOf(NeighbourPairsSpec spec, std::size_t threads) {
  spec.slots = threads;
  const auto work = neighbourPairs(std::move(spec));
  runWork(*work, threads);
  return work->scores();
}

bool sameBits(const std::vector<double>& a, const std::vector<double>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

}  // namespace

TEST("loops over top-k lists agree with the tables, for every instruction set") {
  std::mt19937 random(3);
  for (std::size_t k : {1, 2, 3, 10, 16, 31, 32}) {
    Aligned<std::uint32_t> a(k * kListLanes), b(k * kListLanes), matches(k * kListLanes);
    std::vector<List> left, right;
    for (std::size_t lane = 0; lane < kListLanes; ++lane) {
      left.push_back(draw(random, k, static_cast<std::uint32_t>(k + lane), 0xffffffffu));
      right.push_back(lane == 0 ? left[0] : draw(random, k, static_cast<std::uint32_t>(k + lane), 0xffffffffu));
      for (std::size_t p = 0; p < k; ++p) {
        a.data()[p * kListLanes + lane] = left[lane][p];
        b.data()[p * kListLanes + lane] = right[lane][p];
      }
    }
    for (const Loops* loop : tables()) {
      alignas(64) std::uint32_t shared[kListLanes], common[kListLanes], edit[kListLanes];
      loop->listShared(a.data(), b.data(), k, shared);
      loop->listMatches(a.data(), b.data(), k, matches.data());
      loop->listCommon(matches.data(), k, common);
      loop->listEdit(matches.data(), k, edit);
      for (std::size_t lane = 0; lane < kListLanes; ++lane) {
        std::size_t both = 0;
        for (std::size_t q = 0; q < k; ++q) {
          const auto at = std::find(left[lane].begin(), left[lane].end(), right[lane][q]);
          const bool there = at != left[lane].end();
          both += there ? 1 : 0;
          CHECK_EQUAL(matches.data()[q * kListLanes + lane], there ? 1u << (at - left[lane].begin()) : 0u);
        }
        CHECK_EQUAL(shared[lane], both);
        CHECK_EQUAL(common[lane], commonLength(left[lane], right[lane]));
        CHECK_EQUAL(edit[lane], editDistance(left[lane], right[lane]));
      }
    }
  }
}

TEST("neighbour scores of short and long lists, the same bits for any number of threads") {
  std::mt19937 random(5);
  for (const auto& [n, k] : {std::pair<std::size_t, std::size_t>{2, 1}, {17, 16}, {50, 32}, {50, 33}, {150, 129}}) {
    const std::vector<Layer> layers{makeLayer(random, n, k), makeLayer(random, n, k), makeLayer(random, n, k)};
    const NeighbourPairsSpec spec = specOf(layers, n, k);
    const auto scores = scoresOf(spec, 1);
    const auto again = scoresOf(spec, 3);
    for (std::size_t w = 0; w < scores.size(); ++w) CHECK(sameBits(scores[w], again[w]));
    for (std::size_t p = 0; p < spec.pairs.size(); ++p) {
      std::size_t common = 0, edit = 0;
      for (std::size_t i = 0; i < n; ++i) {
        const auto list = [&](std::size_t l) {
          const auto begin = layers[l].indices.begin() + static_cast<std::ptrdiff_t>(i * k);
          return List(begin, begin + static_cast<std::ptrdiff_t>(k));
        };
        common += commonLength(list(spec.pairs[p].a), list(spec.pairs[p].b));
        edit += editDistance(list(spec.pairs[p].a), list(spec.pairs[p].b));
      }
      CHECK_EQUAL(scores[4][p], static_cast<double>(common) / static_cast<double>(n * k));
      CHECK_EQUAL(scores[5][p], 1 - static_cast<double>(edit) / static_cast<double>(n * k));
    }
  }
}

TEST("top-k lists that would lead astray are refused") {
  std::mt19937 random(7);
  for (std::size_t k : {3, 40}) {
    const std::size_t n = 60;
    for (const std::uint32_t wrong : {60u, 0xffffffffu, 9u, 0u}) {
      std::vector<Layer> layers{makeLayer(random, n, k), makeLayer(random, n, k)};
      // List 9: beyond the samples, its own sample, or its second entry twice.
      layers[1].indices[9 * k] = wrong == 0 ? layers[1].indices[9 * k + 1] : wrong;
      std::string code;
      const auto work = neighbourPairs(specOf(layers, n, k));
      try {
        for (std::size_t unit = 0; unit < work->units(0); ++unit) work->run(0, unit, 0);
      } catch (const CoreError& error) {
        code = error.code();
      }
      CHECK_EQUAL(code, "INVALID_ARGUMENT");
    }
  }
}
