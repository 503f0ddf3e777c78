// What a permutation test asks for: for many permutations π, the sums from which every statistic of operators a and b
// follows when b's samples are permuted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "../engine/spec.h"

namespace gramian {

// Lists of neighbours to permute: one n×k array a layer.
struct NeighbourLists {
  std::vector<const std::uint32_t*> lists;
  std::size_t count = 0;  // k
  std::vector<Pair> pairs;
};

struct PermutationSpec {
  std::vector<SourceSpec> sources;
  std::vector<OperatorSpec> operators;  // as the engine's: a group's operators stand together
  std::size_t samples = 0;
  const std::uint32_t* permutations = nullptr;  // count×n
  std::size_t count = 0;
  std::vector<Pair> pairs;  // of one group each; b's samples are permuted
  NeighbourLists neighbours;
  TileType precision = TileType::f64;
  std::size_t slots = 1;
};

// Where the answers go; the caller's memory.
struct PermutationOutput {
  double* inner = nullptr;    // count×pairs: Σ_{i≠j} T_a[i,j]·T_b[π(i),π(j)]
  double* moments = nullptr;  // count×pairs×9: Σ_i l_a[i]·l_b[π(i)], l the row sums, the diagonal and the offset
  double* mutual = nullptr;   // count×neighbour pairs: mean_i |N_a(i) ∩ N_b^π(i)|/k
};

std::unique_ptr<Work> makePermutation(PermutationSpec spec, PermutationOutput output);

}  // namespace gramian
