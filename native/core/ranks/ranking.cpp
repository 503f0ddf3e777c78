#include "ranking.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "../error.h"
#include "distance_tiles.h"
#include "distinct_rows.h"
#include "sorted_entries.h"
#include "spec.h"

namespace gramian {

namespace {

// Of f32 products so many neighbours in rank are looked at for ties that rounding has hidden.
constexpr std::size_t kProbes = 1024;

// Row and column of an entry of the triangle.
std::pair<std::size_t, std::size_t> entryOf(std::size_t u) {
  std::size_t i = static_cast<std::size_t>((1 + std::sqrt(1 + 8 * static_cast<double>(u))) / 2);
  while (triangle(i) > u) --i;
  while (triangle(i + 1) <= u) ++i;
  return {i, u - triangle(i)};
}

// How far a squared distance from norms and products in f64 may be from the truth, both of two of them. (Inner products
// of d terms have an error of at most d·2^−53 times the product of the norms.)
double toleranceOf(const Source& source) {
  const double largest = *std::max_element(source.norm2.begin(), source.norm2.end());
  return static_cast<double>(8 * source.features + 32) * 0x1p-53 * largest;
}

struct Ordered {
  std::vector<double> values;
  std::vector<std::uint32_t> order;
};

template <class Real>
Ordered orderDistances(const Source& source, const std::vector<std::uint32_t>& rows, double tolerance,
                       const Work& work) {
  Ordered found;
  found.values.resize(pairsOf(rows.size()));
  if (found.values.empty()) return found;
  {
    DistanceTiles<Real> tiles;
    for (const Tile& tile : lowerTriangle(0, rows.size(), tiles.block(source.features))) {
      if (work.cancelled()) throw Cancelled();
      tiles.run(source, rows, tile, [&](std::size_t i, std::size_t j, const double* d2, std::size_t count) {
        std::copy(d2, d2 + count, found.values.begin() + static_cast<std::ptrdiff_t>(triangle(i) + j));
      });
    }
  }
  std::vector<double> pair;
  const auto exact = [&](std::size_t u) {
    const auto [i, j] = entryOf(u);
    const double d2 = source.exactDistance2(rows[i], rows[j], pair);
    // As the tiles have it: what overflowed is far, and comparable.
    return std::isfinite(d2) ? d2 : std::numeric_limits<double>::max();
  };
  found.order = sortEntries(found.values, tolerance, exact, work);
  return found;
}

// Whether some of the distances are equal although their f32 products are not.
bool hidesTies(const Ordered& found, const Source& source, const std::vector<std::uint32_t>& rows, const Work& work) {
  std::vector<double> pair;
  const std::size_t gaps = found.order.empty() ? 0 : found.order.size() - 1, probes = std::min(gaps, kProbes);
  for (std::size_t probe = 0; probe < probes; ++probe) {
    if (work.cancelled()) throw Cancelled();
    double d2[2];
    for (std::size_t side = 0; side < 2; ++side) {
      const auto [i, j] = entryOf(found.order[probe * gaps / probes + side]);
      d2[side] = source.exactDistance2(rows[i], rows[j], pair);
    }
    if (d2[0] == d2[1]) return true;
  }
  return false;
}

// Ranks of the distances between distinct rows, each counted as often as it occurs.
struct DistinctRanks {
  std::vector<std::uint32_t> less;
  std::vector<double> centred;
  double zero = 0;  // the centred rank of distances between duplicates, less than which there is nothing
};

DistinctRanks rankDistinct(const Ordered& found, const DistinctRows& distinct, std::uint64_t entries, Ranking& ranking,
                           const Work& work) {
  DistinctRanks ranks;
  const std::size_t count = found.order.size();
  ranks.less.resize(count);
  ranks.centred.resize(count);
  const bool plain = distinct.rows.size() == distinct.kind.size();
  const auto weight = [&](std::size_t u) {
    if (plain) return std::uint64_t(1);
    const auto [i, j] = entryOf(u);
    return distinct.count[i] * distinct.count[j];
  };
  std::uint64_t zeros = 0;
  for (const std::uint64_t c : distinct.count) zeros += c * (c - 1) / 2;

  const double middle = (static_cast<double>(entries) - 1) / 2;
  std::uint64_t start = 0;
  std::size_t begin = 0;
  const auto cancelledAt = [&](std::size_t entry) { return entry % (std::size_t(1) << 16) == 0 && work.cancelled(); };
  do {
    const bool first = start == 0;
    std::uint64_t size = first ? zeros : 0;
    const double value = first && zeros > 0 ? 0 : found.values[found.order[begin]];
    std::size_t end = begin;
    for (; end < count && found.values[found.order[end]] == value; ++end) {
      if (cancelledAt(end)) throw Cancelled();
      size += weight(found.order[end]);
    }
    const double centred = static_cast<double>(start) + (static_cast<double>(size) - 1) / 2 - middle;
    if (first) ranks.zero = centred;
    for (std::size_t e = begin; e < end; ++e) {
      if (cancelledAt(e)) throw Cancelled();
      ranks.less[found.order[e]] = static_cast<std::uint32_t>(start);
      ranks.centred[found.order[e]] = centred;
    }
    if (size > 1) ranking.ties.emplace_back(static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(size));
    if (size == entries) ranking.constant = true;
    start += size;
    begin = end;
  } while (begin < count);
  return ranks;
}

// From entries between distinct rows to entries between samples.
template <class Value, class Out>
void spread(const std::vector<Value>& values, Value zero, const DistinctRows& distinct, Out* out, const Work& work) {
  const std::vector<std::uint32_t>& kind = distinct.kind;
  for (std::size_t i = 1; i < kind.size(); ++i) {
    if (work.cancelled()) throw Cancelled();
    for (std::size_t j = 0; j < i; ++j) {
      const std::size_t a = std::max(kind[i], kind[j]), b = std::min(kind[i], kind[j]);
      *out++ = static_cast<Out>(a == b ? zero : values[triangle(a) + b]);
    }
  }
}

// A place of its own for each of equal entries.
std::vector<std::uint32_t> placesOf(const std::vector<std::uint32_t>& less, const Work& work) {
  std::vector<std::uint32_t> next(less.size()), place(less.size());
  for (std::size_t e = 0; e < less.size(); ++e) next[e] = static_cast<std::uint32_t>(e);
  for (std::size_t e = 0; e < less.size(); ++e) {
    if (e % (std::size_t(1) << 16) == 0 && work.cancelled()) throw Cancelled();
    place[e] = next[less[e]]++;
  }
  return place;
}

}  // namespace

Ranking rankDistances(const Source& source, TileType precision, bool places, float* centred32, double* centred64,
                      const Work& work) {
  const DistinctRows distinct = findDistinctRows(source, work);
  Ordered found;
  bool exact = precision == TileType::f64;
  if (!exact) {
    found = orderDistances<float>(source, distinct.rows, -1, work);
    exact = hidesTies(found, source, distinct.rows, work);
  }
  if (exact) found = orderDistances<double>(source, distinct.rows, toleranceOf(source), work);

  Ranking ranking;
  const std::size_t entries = pairsOf(source.samples);
  const DistinctRanks ranks = rankDistinct(found, distinct, entries, ranking, work);
  if (centred32) spread(ranks.centred, ranks.zero, distinct, centred32, work);
  if (centred64) spread(ranks.centred, ranks.zero, distinct, centred64, work);
  if (places) {
    ranking.less.resize(entries);
    spread(ranks.less, std::uint32_t(0), distinct, ranking.less.data(), work);
    if (!ranking.ties.empty()) ranking.place = placesOf(ranking.less, work);
  }
  return ranking;
}

}  // namespace gramian
