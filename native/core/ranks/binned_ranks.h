// Spearman's correlation without holding the ranks: distances fall into bins, and an entry's rank is the average one of
// its bin. Distances are found three times over, in tiles.
#pragma once

#include "spec.h"

namespace gramian {

std::unique_ptr<RankWork> binnedRanks(RankSpec spec);

}  // namespace gramian
