#include "sorted_entries.h"

#include <algorithm>
#include <array>
#include <utility>

#include "../engine/aligned.h"
#include "../error.h"

namespace gramian {

namespace {

// Entries between two looks at whether to go on.
constexpr std::size_t kStep = std::size_t(1) << 16;

void goOn(const Work& work, std::size_t entry) {
  if (entry % kStep == 0 && work.cancelled()) throw Cancelled();
}

// Values on a grid of 2^32 steps in the upper half (rising with the value, never out of order), the index in the lower.
void findKeys(const std::vector<double>& values, std::uint64_t* keys, const Work& work) {
  double least = values[0], most = values[0];
  for (std::size_t u = 0; u < values.size(); ++u) {
    goOn(work, u);
    least = std::min(least, values[u]);
    most = std::max(most, values[u]);
  }
  // Of halves, which do not overflow.
  const double range = most / 2 - least / 2;
  const double scale = range > 0 ? 2147483647.5 / range : 0;
  for (std::size_t u = 0; u < values.size(); ++u) {
    goOn(work, u);
    const double step = std::min((values[u] / 2 - least / 2) * scale * 2, 4294967295.0);
    keys[u] = static_cast<std::uint64_t>(step > 0 ? step : 0) << 32 | u;
  }
}

// By the upper half, least significant digits first: stable, so that indices rise among equal keys.
// An odd number of passes: what is sorted ends in `other`.
void radixSort(std::uint64_t* keys, std::uint64_t* other, std::size_t count, const Work& work) {
  constexpr unsigned bits = 11, passes = 3;
  constexpr std::size_t digits = std::size_t(1) << bits;
  for (unsigned pass = 0; pass < passes; ++pass) {
    const unsigned shift = 32 + pass * bits;
    std::array<std::size_t, digits> at{};
    for (std::size_t e = 0; e < count; ++e) {
      goOn(work, e);
      ++at[keys[e] >> shift & (digits - 1)];
    }
    std::size_t sum = 0;
    for (std::size_t& digit : at) sum += std::exchange(digit, sum);
    for (std::size_t e = 0; e < count; ++e) {
      goOn(work, e);
      other[at[keys[e] >> shift & (digits - 1)]++] = keys[e];
    }
    std::swap(keys, other);
  }
}

}  // namespace

std::vector<std::uint32_t> sortEntries(std::vector<double>& values, double tolerance,
                                       const std::function<double(std::size_t)>& exact, const Work& work) {
  const std::size_t count = values.size();
  std::vector<std::uint32_t> order(count);
  const auto byValue = [&](std::uint32_t u, std::uint32_t v) {
    // A run of ties may be long.
    if (work.cancelled()) throw Cancelled();
    return values[u] < values[v] || (values[u] == values[v] && u < v);
  };
  {
    // Not cleared: clearing so much at once would keep a cancelled job waiting.
    Aligned<std::uint64_t> first(count), second(count);
    findKeys(values, first.data(), work);
    radixSort(first.data(), second.data(), count, work);
    const std::uint64_t* keys = second.data();
    for (std::size_t begin = 0, end = 0; begin < count; begin = end) {
      for (; end < count && keys[end] >> 32 == keys[begin] >> 32; ++end) {
        goOn(work, end);
        order[end] = static_cast<std::uint32_t>(keys[end]);
      }
      if (end - begin > 1) std::sort(order.begin() + begin, order.begin() + end, byValue);
    }
  }
  if (tolerance < 0) return order;
  for (std::size_t begin = 0, end = 0; begin < count; begin = end) {
    goOn(work, begin);
    end = begin + 1;
    while (end < count && values[order[end]] - values[order[end - 1]] <= tolerance) ++end;
    if (end - begin == 1) continue;
    for (std::size_t e = begin; e < end; ++e) {
      if (work.cancelled()) throw Cancelled();
      values[order[e]] = exact(order[e]);
    }
    std::sort(order.begin() + begin, order.begin() + end, byValue);
  }
  return order;
}

}  // namespace gramian
