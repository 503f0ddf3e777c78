// How many neighbours two layers share when the samples of one are permuted: mean_i |N_a(i) ∩ N_b^π(i)|/k with
// N_b^π(i) = {j : π(j) ∈ N_b(π(i))}.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "permutation_spec.h"

namespace gramian {

class PermutedOverlap {
 public:
  explicit PermutedOverlap(const NeighbourLists& neighbours);

  // One thread's scratch.
  struct Scratch {
    std::vector<std::uint64_t> marks;
    std::vector<std::uint32_t> counts;
  };

  // Writes one number a pair. Throws Cancelled when `work` is.
  void run(const std::uint32_t* permutation, std::size_t samples, Scratch& scratch, const Work& work,
           double* out) const;

 private:
  // Up to 64 lists are marked at once, a bit each: so one look at a neighbour answers for all of them.
  struct Bundle {
    std::vector<std::size_t> left, right;
    struct Reader {
      std::size_t left, right, pair;
    };
    std::vector<Reader> readers;
  };

  const NeighbourLists& neighbours_;
  std::vector<Bundle> bundles_;
};

}  // namespace gramian
