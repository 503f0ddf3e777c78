// Rank correlations of the pairwise distances of layers (representational similarity analysis by ranks): what is asked
// for, and what comes of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "../engine/spec.h"
#include "../pool/work.h"

namespace gramian {

struct RankSpec {
  std::vector<SourceSpec> sources;     // features or unitRows
  std::vector<std::size_t> distances;  // whose rows the distances are between; squared or not, they rank the same
  std::size_t samples = 0;
  std::vector<Pair> pairs;  // of distances
  bool spearman = false, kendall = false;
  std::size_t bins = 0;  // 0: exact
  TileType precision = TileType::f64;
  std::size_t slots = 1;
};

struct RankResult {
  // One number a pair; empty when not asked for. NaN where undefined: a layer all of whose distances are equal has no
  // Spearman correlation, and a single distance neither.
  std::vector<double> spearman, kendall;
  std::vector<std::uint8_t> constant;  // a distance: all its entries are equal
};

class RankWork : public Work {
 public:
  virtual const RankResult& result() const = 0;
};

// Exact ranks need every distance to be held at once, and are counted in 31 bits.
constexpr std::size_t kMostRankedSamples = 65536;

// The strict triangle of distances, entry (i, j) with j < i at triangle(i) + j.
inline std::size_t triangle(std::size_t i) { return i * (i - 1) / 2; }
inline std::size_t pairsOf(std::size_t n) { return n < 2 ? 0 : triangle(n); }

std::unique_ptr<RankWork> rankCorrelations(RankSpec spec);

}  // namespace gramian
