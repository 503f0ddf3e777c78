// Rank correlations with every rank held in memory: O(L·N) of it, N = n(n − 1)/2.
#pragma once

#include "spec.h"

namespace gramian {

std::unique_ptr<RankWork> exactRanks(RankSpec spec);

}  // namespace gramian
