// Orthogonal and permutation stitchers of pairs of layers: the best rotation or the best assignment of features, read
// off the cross product of the two.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "../pool/work.h"
#include "column_block.h"

namespace gramian {

struct MatchingSpec {
  enum class Kind : std::uint8_t { orthogonal, permutation };
  Kind kind = Kind::orthogonal;
  bool scaled = false;                 // orthogonal: times the best factor
  std::vector<CentredMatrix> sources;  // all with the same rows
  std::vector<CentredMatrix> targets;
  std::vector<double*> weights;  // one a pair, source by source: d_2×d_1
};

class MatchingWork : public Work {
 public:
  // One a pair: Σ of the squared errors on the fitted rows.
  virtual const std::vector<double>& residuals() const = 0;
};

std::unique_ptr<MatchingWork> makeMatchingFits(MatchingSpec spec);

}  // namespace gramian
