// The median of the pairwise Euclidean distances of a representation's rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "matrix.h"
#include "pool/work.h"

namespace gramian {

struct MedianRequest {
  MatrixView view;
  const double* mean = nullptr;     // d, from Facts
  std::vector<std::uint32_t> rows;  // which rows; empty = all of them
};

// Several medians at once, one unit a representation. Median of the strict upper triangle's distances; of an even
// number of distances the mean of the two middle ones. 0 when more than half of the distances are 0.
class MedianWork : public Work {
 public:
  virtual const std::vector<double>& medians() const = 0;
};

std::unique_ptr<MedianWork> medianDistances(std::vector<MedianRequest> requests);

}  // namespace gramian
