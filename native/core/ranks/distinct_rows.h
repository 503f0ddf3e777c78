// Which rows of a source are alike. Distances are computed between distinct rows only, so that those of duplicates are
// ties to the last bit, wherever a matrix product would have rounded them differently.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "../engine/source.h"

namespace gramian {

struct DistinctRows {
  std::vector<std::uint32_t> rows;   // the first of each kind, rising
  std::vector<std::uint32_t> kind;   // of every sample: an index into `rows`
  std::vector<std::uint64_t> count;  // samples of each kind
};

DistinctRows findDistinctRows(const Source& source, const Work& work);

}  // namespace gramian
