// Picks the work for a specification: exact, or by bins.
#include "binned_ranks.h"
#include "exact_ranks.h"
#include "spec.h"

namespace gramian {

std::unique_ptr<RankWork> rankCorrelations(RankSpec spec) {
  return spec.bins > 0 ? binnedRanks(std::move(spec)) : exactRanks(std::move(spec));
}

}  // namespace gramian
