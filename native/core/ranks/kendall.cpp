#include "kendall.h"

#include <limits>

#include "../error.h"
#include "inversions.h"

namespace gramian {

namespace {

// Steps between two looks at whether to go on.
constexpr std::size_t kStep = std::size_t(1) << 16;

std::uint64_t pairsWithin(std::uint64_t size) { return size * (size - 1) / 2; }

std::uint64_t tiedPairs(const Ranking& ranking) {
  std::uint64_t sum = 0;
  for (const auto& [start, size] : ranking.ties) sum += pairsWithin(size);
  return sum;
}

}  // namespace

double Kendall::tau(const Ranking& a, const Ranking& b, std::size_t entries, const Work& work) {
  const std::uint64_t all = pairsWithin(entries);
  if (all == 0) return std::numeric_limits<double>::quiet_NaN();
  sequence_.resize(entries);
  other_.resize(entries);
  lineUp(a, b, entries, work);
  // Pairs that are tied in neither are concordant or discordant.
  const std::uint64_t untied = all - tiedPairs(a) - tiedPairs(b) + jointTies(a);
  const std::uint64_t discordant = countInversions(sequence_.data(), other_.data(), entries, work);
  const auto balance = static_cast<std::int64_t>(untied) - 2 * static_cast<std::int64_t>(discordant);
  return static_cast<double>(balance) / static_cast<double>(all);
}

// b's ranks in the order of a's; where a ties, in rising order, so that ties of a are never counted as discordant.
void Kendall::lineUp(const Ranking& a, const Ranking& b, std::size_t entries, const Work& work) {
  if (a.ties.empty()) {
    for (std::size_t e = 0; e < entries; ++e) {
      if (e % kStep == 0 && work.cancelled()) throw Cancelled();
      sequence_[a.less[e]] = b.less[e];
    }
    return;
  }
  // a's ranks in the order of b's, dealt out to a's groups in that order.
  const std::vector<std::uint32_t>& places = b.places();
  next_.resize(entries);
  for (std::size_t e = 0; e < entries; ++e) {
    if (e % kStep == 0 && work.cancelled()) throw Cancelled();
    other_[places[e]] = a.less[e];
    next_[e] = static_cast<std::uint32_t>(e);
  }
  std::size_t tie = 0;
  for (std::size_t at = 0; at < entries; ++at) {
    if (at % kStep == 0 && work.cancelled()) throw Cancelled();
    while (tie < b.ties.size() && at >= std::size_t(b.ties[tie].first) + b.ties[tie].second) ++tie;
    const bool tied = tie < b.ties.size() && at >= b.ties[tie].first;
    sequence_[next_[other_[at]]++] = tied ? b.ties[tie].first : static_cast<std::uint32_t>(at);
  }
}

std::uint64_t Kendall::jointTies(const Ranking& a) const {
  std::uint64_t sum = 0;
  for (const auto& [start, size] : a.ties) {
    const std::size_t last = std::size_t(start) + size;
    for (std::size_t begin = start, end = start; begin < last; begin = end) {
      while (end < last && sequence_[end] == sequence_[begin]) ++end;
      sum += pairsWithin(end - begin);
    }
  }
  return sum;
}

}  // namespace gramian
