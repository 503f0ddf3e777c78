// Longest common subsequence and edit distance of two lists of any length, neither of which names anybody twice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "../pool/work.h"

namespace gramian {

// `places` says for each element of the second list where it stands in the first; absent ones are TopLists::nobody.
std::size_t commonSubsequence(const std::vector<std::uint32_t>& places, std::vector<std::uint32_t>& scratch);
std::size_t editDistance(const std::vector<std::uint32_t>& places, std::vector<std::uint64_t>& scratch,
                         const Work& work);

}  // namespace gramian
