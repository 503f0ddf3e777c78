#include "bins.h"

#include <algorithm>

namespace gramian {

void Bins::refine(const std::vector<std::uint64_t>& filling, std::size_t bins) {
  double all = 0;
  for (const std::uint64_t count : filling) all += static_cast<double>(count);
  parts_.resize(filling.size());
  size_ = 0;
  for (std::size_t c = 0; c < filling.size(); ++c) {
    const double share = static_cast<double>(filling[c]) / all * static_cast<double>(bins);
    parts_[c] = {static_cast<std::uint32_t>(size_), 1 + static_cast<std::uint32_t>(share)};
    size_ += parts_[c].count;
  }
}

std::vector<double> centredRanks(const std::vector<std::uint64_t>& filling) {
  double all = 0;
  for (const std::uint64_t count : filling) all += static_cast<double>(count);
  std::vector<double> ranks(filling.size());
  double below = 0;
  for (std::size_t bin = 0; bin < filling.size(); ++bin) {
    const double size = static_cast<double>(filling[bin]);
    ranks[bin] = (below + size / 2 - all / 2) / all;
    below += size;
  }
  return ranks;
}

}  // namespace gramian
