// Kendall's τ-a of two rankings, in whole numbers, O(N log N).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ranking.h"

namespace gramian {

// One thread's scratch.
class Kendall {
 public:
  // (concordant − discordant) / (N(N − 1)/2); NaN for a single entry.
  double tau(const Ranking& a, const Ranking& b, std::size_t entries, const Work& work);

 private:
  void lineUp(const Ranking& a, const Ranking& b, std::size_t entries, const Work& work);
  std::uint64_t jointTies(const Ranking& a) const;

  std::vector<std::uint32_t> sequence_, other_, next_;
};

}  // namespace gramian
