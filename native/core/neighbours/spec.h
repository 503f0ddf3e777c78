// Scores of pairs of layers by their top-k neighbours: what is asked for, and what comes of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "../engine/spec.h"
#include "../pool/work.h"

namespace gramian {

// N(i) is the list of sample i, best first. Means are over i.
enum class NeighbourScore : std::uint8_t {
  mutual,         // |N_a(i) ∩ N_b(i)| / k
  jaccard,        // |N_a(i) ∩ N_b(i)| / |N_a(i) ∪ N_b(i)|
  cycleForward,   // 1 where i ∈ N_a(j) for some j ∈ N_b(i)
  cycleBackward,  // 1 where i ∈ N_b(j) for some j ∈ N_a(i)
  lcs,            // length of the longest common subsequence / k
  edit,           // 1 − edit distance / k
  // CKA of the two kernels restricted to {i, j} that both layers name in the same direction, in either direction; the
  // self terms are restricted to those that the one layer names in either direction.
  cknnaBiased,
  cknnaDebiased,
  // As platonic-rep has them: LCS is not divided by k; CKNNA is restricted to (i, j) with j ∈ N_a(i) ∩ N_b(i), which is
  // not symmetric, and 1e-6 is added to its denominator.
  platonicCycle,
  platonicLcs,
  platonicEdit,
  platonicCknna
};

struct NeighbourPairsSpec {
  std::size_t samples = 0, count = 0;  // n and k, 1 ≤ k < n
  // One a layer, n×k row-major, best first. `values` are the kernel's, k(x_i, x_j) beside the index of j; empty unless
  // a CKNNA is wanted.
  std::vector<const std::uint32_t*> indices;
  std::vector<const double*> values;
  std::vector<Pair> pairs;
  std::vector<NeighbourScore> wants;
  std::size_t slots = 1;
};

class NeighbourPairsWork : public Work {
 public:
  // One line a want, one number a pair; NaN where undefined.
  virtual const std::vector<std::vector<double>>& scores() const = 0;
};

// A list that names a sample that does not exist, its own sample, or one twice, fails the work with INVALID_ARGUMENT.
std::unique_ptr<NeighbourPairsWork> neighbourPairs(NeighbourPairsSpec spec);

}  // namespace gramian
