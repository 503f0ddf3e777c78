// How the operators of one group lie in memory for permutations, and which products of them are wanted.
#pragma once

#include <cstddef>
#include <vector>

#include "../simd/loops.h"
#include "permutation_spec.h"

namespace gramian {

// Operators of one group that occur in a pair, in the order of `members`; point (i, j) of all of them lies together, at
// (i·n + j)·stride.
struct PermutedLayout {
  // Products of one vector of left lanes with `columns` right places, from `right` on.
  struct Block {
    std::size_t left, right, columns;
  };
  struct Reader {
    std::size_t left, right, pair;  // places, and where the answer goes
  };

  std::vector<std::size_t> members;
  std::vector<Reader> readers;
  std::vector<Block> blocks;
  std::size_t stride = 0;  // numbers a point
  std::size_t ld = 0;      // lanes of sums, whole vectors
  std::size_t rows = 0;    // right places of sums, whole steps
  std::size_t sums() const { return rows * ld; }
};

// One layout a group that has pairs. `bytes` is the size of a number.
std::vector<PermutedLayout> layOutGroups(const std::vector<OperatorSpec>& operators, const std::vector<Pair>& pairs,
                                         std::size_t bytes);

}  // namespace gramian
