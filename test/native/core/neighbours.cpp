// Nearest neighbours of the engine's tiles against sorted lists of exact values, ties and all; and medians against a
// sort of all distances.
#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "bandwidth.h"
#include "check.h"
#include "engine/neighbours/candidates.h"
#include "engine/spec.h"
#include "facts.h"
#include "run_work.h"

using namespace gramian;

namespace {

struct Points {
  std::size_t n, d;
  std::vector<float> data;
  Facts facts;
  MatrixView view() const { return {data.data(), DType::f32, n, d}; }
};

// Small integers, of which every product and distance is exact in f32: what is tied is tied in every arithmetic.
Points integers(std::size_t n, std::size_t d, int bound, unsigned seed) {
  std::mt19937 random(seed);
  Points points{n, d, {}, {}};
  for (std::size_t k = 0; k < n * d; ++k) {
    points.data.push_back(static_cast<float>(static_cast<int>(random() % (2 * bound + 1)) - bound));
  }
  points.facts = findFacts(points.view());
  return points;
}

double product(const Points& p, std::size_t i, std::size_t j) {
  double sum = 0;
  for (std::size_t k = 0; k < p.d; ++k) sum += double(p.data[i * p.d + k]) * double(p.data[j * p.d + k]);
  return sum;
}

double distance2(const Points& p, std::size_t i, std::size_t j) {
  return product(p, i, i) + product(p, j, j) - 2 * product(p, i, j);
}

std::vector<std::uint32_t> sorted(const Points& p, std::size_t i, bool byDistance) {
  std::vector<double> value(p.n);
  std::vector<std::uint32_t> order;
  for (std::uint32_t j = 0; j < p.n; ++j) {
    value[j] = byDistance ? -distance2(p, i, j) : product(p, i, j);
    if (j != i) order.push_back(j);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return value[a] > value[b]; });
  return order;
}

}  // namespace

TEST("neighbours: sorted by exact values, of equal ones the lower index first, whatever the tile, block and threads") {
  // Of bound 1 in 3 dimensions there are 27 different points, so that nearly all ranks are tied.
  for (const Points& points : {integers(150, 3, 1, 1), integers(150, 20, 6, 2), integers(9, 1, 2, 3)}) {
    for (const bool byDistance : {false, true}) {
      for (const TileType tile : {TileType::f32, TileType::f64}) {
        for (const std::size_t threads : {1, 3}) {
          EngineSpec spec;
          const Facts& facts = points.facts;
          spec.sources.push_back({SourceSpec::Kind::features, points.view(), false, facts.mean.data(),
                                  facts.centredNorm2.data(), facts.dotMean.data()});
          OperatorSpec op;
          op.map = byDistance ? MapKind::distance : MapKind::linear;
          spec.operators.push_back(op);
          spec.samples = points.n;
          spec.space = threads == 1 ? Space::gram : Space::neighbours;
          spec.tile = tile;
          spec.block = threads == 1 ? 64 : 17;
          spec.slots = threads;
          spec.neighbours = {{0}, std::min<std::size_t>(10, points.n - 1)};
          const auto work = makeEngine(spec);
          runWork(*work, threads);
          const std::size_t count = spec.neighbours.count;
          bool indices = true, values = true;
          for (std::size_t i = 0; i < points.n; ++i) {
            const std::vector<std::uint32_t> expected = sorted(points, i, byDistance);
            for (std::size_t k = 0; k < count; ++k) {
              const std::size_t j = expected[k];
              indices = indices && work->result().neighbourIndices[0][i * count + k] == j;
              const double value = byDistance ? -std::sqrt(distance2(points, i, j)) : product(points, i, j);
              values = values && work->result().neighbourValues[0][i * count + k] == value;
            }
          }
          CHECK(indices);
          CHECK(values);
        }
      }
    }
  }
}

TEST("neighbours: candidates keep the first of a total order, in whatever order they are offered") {
  std::mt19937 random(4);
  for (int round = 0; round < 50; ++round) {
    std::vector<std::pair<double, std::uint32_t>> all;
    for (std::uint32_t j = 0; j < 60; ++j) all.push_back({static_cast<double>(random() % 7), j});
    Candidates lists(1, 5, 64);
    std::shuffle(all.begin(), all.end(), random);
    for (const auto& [key, index] : all) lists.offer(0, key, index);
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
      return a.first > b.first || (a.first == b.first && a.second < b.second);
    });
    for (std::size_t k = 0; k < 5; ++k) {
      CHECK_EQUAL(lists.keys(0)[k], all[k].first);
      CHECK_EQUAL(lists.indices(0)[k], all[k].second);
    }
    CHECK_EQUAL(lists.worst()[0], all[4].first);
  }
}

TEST("medians: by bracket or not, the middle of all sorted distances") {
  std::mt19937 random(5);
  std::normal_distribution<float> normal;
  std::vector<Points> all{integers(300, 4, 1, 6), integers(301, 2, 0, 7), integers(40, 3, 5, 8)};
  for (const float offset : {0.0f, 1e4f}) {
    for (const float scale : {1.0f, 1e-6f, 1e6f}) {
      for (const std::size_t n : {301, 302}) {
        Points points{n, 30, {}, {}};
        for (std::size_t k = 0; k < n * 30; ++k) points.data.push_back(scale * (normal(random) + offset));
        // Most of the distances to one sample are hundreds of times the others.
        for (std::size_t k = 0; k < 30; ++k) points.data[7 * 30 + k] *= 300;
        points.facts = findFacts(points.view());
        all.push_back(points);
      }
    }
  }
  for (const Points& points : all) {
    const auto work = medianDistances({{points.view(), points.facts.mean.data(), {}}});
    runWork(*work, 1);
    std::vector<long double> distances;
    for (std::size_t i = 0; i < points.n; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        long double sum = 0;
        for (std::size_t k = 0; k < points.d; ++k) {
          const long double away =
              static_cast<long double>(points.data[i * points.d + k]) - points.data[j * points.d + k];
          sum += away * away;
        }
        distances.push_back(std::sqrt(sum));
      }
    }
    std::sort(distances.begin(), distances.end());
    const std::size_t size = distances.size();
    const long double expected = (distances[(size - 1) / 2] + distances[size / 2]) / 2;
    // A sum of 30 squares and a root in f64; products of centred rows where the bracket does not help.
    CHECK(std::fabs(work->medians()[0] - expected) <= 1e-13L * expected);
  }
}
