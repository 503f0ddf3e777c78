// Counting inversions, O(N log N).
#pragma once

#include <cstddef>
#include <cstdint>

#include "../pool/work.h"

namespace gramian {

// How many pairs of `values` stand in falling order. Both arrays are `count` long; what is in them afterwards is of no
// use. Values are below 2^31.
std::uint64_t countInversions(std::uint32_t* values, std::uint32_t* scratch, std::size_t count, const Work& work);

}  // namespace gramian
