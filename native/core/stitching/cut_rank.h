// The nearest matrix of a given rank (Eckart and Young 1936).
#pragma once

#include <cstddef>

#include "../lapack_eigen.h"

namespace gramian {

// C m×n, contiguous, becomes the sum of its `keep` first singular triples; returns the square of what was cut off.
double cutRank(std::size_t m, std::size_t n, std::size_t keep, double* c, const KeepGoing& keepGoing);

}  // namespace gramian
