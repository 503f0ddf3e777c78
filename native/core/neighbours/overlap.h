// What the top-k lists of two layers have in common, sample by sample, summed over the samples.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "../engine/aligned.h"
#include "../pool/work.h"
#include "masked_alignment.h"
#include "top_lists.h"

namespace gramian {

struct OverlapWants {
  bool common = false, edit = false;
  // Gather the values of what both lists name, symmetrically, and as platonic-rep does.
  bool symmetric = false, platonic = false;
  bool anyMatches() const { return common || edit || symmetric || platonic; }
};

// Whole numbers, so that no order of summation matters.
struct Overlap {
  std::vector<std::uint64_t> shared;  // how many samples' lists share 0, 1, …, k
  std::uint64_t common = 0, edit = 0;
  MaskedSums symmetric, platonic;
};

// One thread's scratch.
class OverlapFinder {
 public:
  OverlapFinder(std::size_t samples, std::size_t count, OverlapWants wants);

  // Values lie beside the lists; null where no sums of values are wanted.
  Overlap find(const TopLists& a, const TopLists& b, const double* valuesA, const double* valuesB, const Work& work);

 private:
  struct Side {
    const TopLists& lists;
    const double* values;
  };
  void shortLists(const Side& a, const Side& b, std::size_t block, Overlap& overlap);
  void longLists(const Side& a, const Side& b, std::size_t i, Overlap& overlap, const Work& work);
  void match(const Side& a, const Side& b, std::size_t i, std::size_t p, std::size_t q);

  const std::size_t samples_, count_;
  const OverlapWants wants_;
  MaskGatherer symmetric_, platonic_;
  Aligned<std::uint32_t> matches_;
  std::vector<std::uint32_t> place_, places_, ends_;
  std::vector<std::uint64_t> columns_;
};

}  // namespace gramian
