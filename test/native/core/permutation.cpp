// Permuted sums against loops over permuted matrices; permuted neighbour lists against sets.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "check.h"
#include "error.h"
#include "resampling/permutation_spec.h"
#include "resampling_layers.h"
#include "run_work.h"

using namespace resampling;

namespace {

// More points than a panel has, and no multiple of anything.
constexpr std::size_t kSamples = 531;

std::vector<std::uint32_t> shuffles(std::size_t n, std::size_t count) {
  std::mt19937 random(5);
  std::vector<std::uint32_t> all;
  for (std::size_t k = 0; k < count; ++k) {
    std::vector<std::uint32_t> order(n);
    std::iota(order.begin(), order.end(), 0u);
    if (k > 0) std::shuffle(order.begin(), order.end(), random);  // the first is the identity
    all.insert(all.end(), order.begin(), order.end());
  }
  return all;
}

struct Case {
  std::vector<Layer> layers;
  std::vector<std::uint32_t> permutations;
  PermutationSpec spec;
};

// `linear` operators of one group and two of another, with pairs of either.
Case makeCase(std::size_t linear, std::size_t permutations, bool f32) {
  Case made;
  for (std::size_t l = 0; l < linear; ++l)
    made.layers.push_back(makeLayer(kSamples, 3 + l % 5, static_cast<unsigned>(l)));
  for (const Layer& layer : made.layers) made.spec.sources.push_back(sourceOf(layer, f32));
  for (std::size_t l = 0; l < linear; ++l) made.spec.operators.push_back(operatorOf(l, 0, MapKind::linear));
  for (std::size_t l = 0; l < 2; ++l) made.spec.operators.push_back(operatorOf(l, 1, MapKind::rbf));
  const auto L = static_cast<std::uint32_t>(linear);
  for (std::uint32_t a = 0; a < L; ++a) {
    for (std::uint32_t b = a; b < L; b += 1 + a) made.spec.pairs.push_back({a, b});
  }
  made.spec.pairs.push_back({L - 1, 0});
  made.spec.pairs.push_back({L + 1, L});
  made.permutations = shuffles(kSamples, permutations);
  made.spec.permutations = made.permutations.data();
  made.spec.count = permutations;
  made.spec.samples = kSamples;
  made.spec.precision = f32 ? TileType::f32 : TileType::f64;
  made.spec.slots = 2;
  return made;
}

struct Found {
  std::vector<double> inner, moments, mutual;
};

Found runCase(PermutationSpec spec, std::size_t threads) {
  spec.slots = threads;
  Found found;
  found.inner.resize(spec.count * spec.pairs.size());
  found.moments.resize(found.inner.size() * 9);
  found.mutual.resize(spec.count * spec.neighbours.pairs.size());
  const auto work = makePermutation(spec, {found.inner.data(), found.moments.data(), found.mutual.data()});
  runWork(*work, threads);
  CHECK_EQUAL(work->done(), work->total());
  return found;
}

}  // namespace

TEST("permutation: inner products and moments, few operators and many, against loops over permuted matrices") {
  for (std::size_t linear : {2, 21, 40}) {
    for (bool f32 : {false, true}) {
      const Case one = makeCase(linear, 3, f32);
      const PermutationSpec& spec = one.spec;
      const Found found = runCase(spec, 2);
      const auto truth = conditioned(spec.sources, spec.operators, kSamples);
      double worst = 0;
      for (std::size_t p = 0; p < spec.count; ++p) {
        const std::uint32_t* at = one.permutations.data() + p * kSamples;
        for (std::size_t k = 0; k < spec.pairs.size(); ++k) {
          const Conditioned &a = truth[spec.pairs[k].a], &b = truth[spec.pairs[k].b];
          double inner = 0, size = 0, other = 0;
          for (std::size_t i = 0; i < kSamples; ++i) {
            for (std::size_t j = 0; j < kSamples; ++j) {
              const double x = a.matrix[i * kSamples + j], y = b.matrix[at[i] * kSamples + at[j]];
              inner += x * y;
              size += x * x;
              other += y * y;
            }
          }
          worst = std::max(worst, std::fabs(found.inner[p * spec.pairs.size() + k] - inner) / std::sqrt(size * other));
          const std::vector<double>* left[] = {&a.rowSums, &a.diagonal, &a.offset};
          const std::vector<double>* right[] = {&b.rowSums, &b.diagonal, &b.offset};
          for (std::size_t m = 0; m < 9; ++m) {
            double moment = 0, sizes = 0;
            for (std::size_t i = 0; i < kSamples; ++i) {
              const double product = (*left[m / 3])[i] * (*right[m % 3])[at[i]];
              moment += product;
              sizes += std::fabs(product);
            }
            const double actual = found.moments[(p * spec.pairs.size() + k) * 9 + m];
            worst = std::max(worst, std::fabs(actual - moment) / (sizes + 1e-300));
          }
        }
      }
      // f64: 2^-53 over sums of n² terms. f32: 2^-24 of each entry, lanes of at most 512 terms; random signs average
      // it.
      if (!(worst <= (f32 ? 3e-6 : 1e-12)))
        check::fail("permutation", static_cast<int>(linear), std::to_string(worst * 1e12));
    }
  }
}

TEST("permutation: the same bits on one, two and five threads") {
  Case one = makeCase(11, 21, true);
  one.spec.slots = 5;
  const Found first = runCase(one.spec, 1);
  for (std::size_t threads : {2, 5}) {
    const Found other = runCase(one.spec, threads);
    CHECK(other.inner == first.inner);
    CHECK(other.moments == first.moments);
  }
}

TEST("permutation: shared neighbours against sets, more lists than a word has bits, no operators at all") {
  const std::size_t n = 60, k = 4, lists = 70;
  std::mt19937 random(3);
  std::vector<std::vector<std::uint32_t>> neighbours(lists, std::vector<std::uint32_t>(n * k));
  PermutationSpec spec;
  for (auto& list : neighbours) {
    for (std::size_t i = 0; i < n; ++i) {
      std::set<std::uint32_t> drawn;
      while (drawn.size() < k) drawn.insert(static_cast<std::uint32_t>(random() % n));
      std::copy(drawn.begin(), drawn.end(), list.begin() + static_cast<std::ptrdiff_t>(i * k));
    }
    spec.neighbours.lists.push_back(list.data());
  }
  spec.neighbours.count = k;
  for (std::uint32_t a = 0; a < lists; a += 3) {
    for (std::uint32_t b = 0; b < lists; b += 2) spec.neighbours.pairs.push_back({a, b});
  }
  const auto permutations = shuffles(n, 9);
  spec.permutations = permutations.data();
  spec.count = 9;
  spec.samples = n;
  const Found found = runCase(spec, 2);
  bool right = true;
  for (std::size_t p = 0; p < spec.count; ++p) {
    const std::uint32_t* at = permutations.data() + p * n;
    for (std::size_t q = 0; q < spec.neighbours.pairs.size(); ++q) {
      const auto &a = neighbours[spec.neighbours.pairs[q].a], &b = neighbours[spec.neighbours.pairs[q].b];
      std::size_t shared = 0;
      for (std::size_t i = 0; i < n; ++i) {
        const std::set<std::uint32_t> others(b.begin() + at[i] * k, b.begin() + (at[i] + 1) * k);
        for (std::size_t m = 0; m < k; ++m) shared += others.count(at[a[i * k + m]]);
      }
      right = right && found.mutual[p * spec.neighbours.pairs.size() + q] ==
                           static_cast<double>(shared) / (static_cast<double>(n) * static_cast<double>(k));
    }
  }
  CHECK(right);
}

TEST("permutation: what is no permutation is refused, and a cancelled work ends") {
  Case one = makeCase(2, 2, false);
  one.permutations[kSamples + 3] = one.permutations[kSamples + 4];
  bool refused = false;
  std::vector<double> inner(2 * one.spec.pairs.size()), moments(9 * inner.size());
  const auto work = makePermutation(one.spec, {inner.data(), moments.data(), nullptr});
  try {
    work->run(4, 0, 0);
  } catch (const CoreError& error) {
    refused = std::string(error.code()) == "INVALID_ARGUMENT";
  }
  CHECK(refused);
  const Case other = makeCase(2, 2, false);
  const auto cancelled = makePermutation(other.spec, {inner.data(), moments.data(), nullptr});
  for (std::size_t phase = 0; phase < 3; ++phase) {
    for (std::size_t unit = 0; unit < cancelled->units(phase); ++unit) cancelled->run(phase, unit, 0);
  }
  cancelled->run(3, 0, 0);
  cancelled->cancel();
  bool ended = false;
  try {
    cancelled->run(4, 0, 0);
  } catch (const Cancelled&) {
    ended = true;
  }
  CHECK(ended);
}
