// The best few candidates of every sample under one ranking, kept while tiles pass in any order on any thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <vector>

#include "../tile.h"

namespace gramian {

// What is kept is the first `kept` of all that were offered in a total order (key falling, then index rising), so it
// does not depend on when they were offered.
class Candidates {
 public:
  Candidates(std::size_t samples, std::size_t kept, std::size_t block)
      : samples_(samples),
        kept_(kept),
        blocks_((samples + block - 1) / block),
        keys_(samples * kept, -std::numeric_limits<double>::infinity()),
        indices_(samples * kept, kNobody),
        worst_(samples, -std::numeric_limits<double>::infinity()),
        locks_(new std::mutex[blocks_]) {}

  static constexpr std::uint32_t kNobody = std::numeric_limits<std::uint32_t>::max();

  // Whoever reads or writes the lists of a tile's samples holds both locks, its columns' first (a tile's columns never
  // come after its rows).
  std::mutex& rowLock(const Tile& tile) { return locks_[blockOf(tile.row)]; }
  std::mutex& colLock(const Tile& tile) { return locks_[blockOf(tile.col)]; }

  std::size_t kept() const { return kept_; }
  const double* worst() const { return worst_.data(); }
  const double* keys(std::size_t sample) const { return keys_.data() + sample * kept_; }
  const std::uint32_t* indices(std::size_t sample) const { return indices_.data() + sample * kept_; }

  void offer(std::size_t sample, double key, std::uint32_t index) {
    double* keys = keys_.data() + sample * kept_;
    std::uint32_t* indices = indices_.data() + sample * kept_;
    std::size_t at = kept_;
    const auto before = [&](std::size_t k) { return key > keys[k] || (key == keys[k] && index < indices[k]); };
    if (!before(at - 1)) return;
    for (; at > 0 && before(at - 1); --at) {
      if (at == kept_) continue;
      keys[at] = keys[at - 1];
      indices[at] = indices[at - 1];
    }
    keys[at] = key;
    indices[at] = index;
    worst_[sample] = keys[kept_ - 1];
  }

 private:
  // Blocks begin at n·k/blocks, as in lowerTriangle.
  std::size_t blockOf(std::size_t begin) const { return (begin * blocks_ + samples_ - 1) / samples_; }

  const std::size_t samples_, kept_, blocks_;
  std::vector<double> keys_;
  std::vector<std::uint32_t> indices_;
  std::vector<double> worst_;
  std::unique_ptr<std::mutex[]> locks_;
};

}  // namespace gramian
