// Entries sorted by value, ties that a matrix product rounded apart brought together again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "../pool/work.h"

namespace gramian {

// The indices 0 … M − 1 (M < 2^32) in rising order of values[index], finite; of equal ones the lower index first.
// Neighbours in this order that are no further apart than `tolerance` are computed again by `exact`, which writes what
// it finds to `values`, and sorted by that.
std::vector<std::uint32_t> sortEntries(std::vector<double>& values, double tolerance,
                                       const std::function<double(std::size_t)>& exact, const Work& work);

}  // namespace gramian
