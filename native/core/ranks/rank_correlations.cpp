// Picks the work for a specification: exact, or by bins.
#include "exact_ranks.h"
#include "spec.h"

namespace gramian {

std::unique_ptr<RankWork> rankCorrelations(RankSpec spec) { return exactRanks(std::move(spec)); }

}  // namespace gramian
