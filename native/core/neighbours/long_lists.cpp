#include "long_lists.h"

#include <algorithm>

#include "../error.h"
#include "top_lists.h"

namespace gramian {

// What the lists share, read in the order of the second, is a row of different places in the first: a common
// subsequence is a rising one.
std::size_t commonSubsequence(const std::vector<std::uint32_t>& places, std::vector<std::uint32_t>& scratch) {
  std::vector<std::uint32_t>& ends = scratch;  // ends[l]: the least place at which a rising run of length l + 1 ends
  ends.clear();
  for (const std::uint32_t place : places) {
    if (place == TopLists::nobody) continue;
    const auto at = std::lower_bound(ends.begin(), ends.end(), place);
    if (at == ends.end()) ends.push_back(place);
    else *at = place;
  }
  return ends.size();
}

// Myers 1999, in words of 64 rows of the table: see simd/list_loops.h.
std::size_t editDistance(const std::vector<std::uint32_t>& places, std::vector<std::uint64_t>& scratch,
                         const Work& work) {
  const std::size_t k = places.size(), words = (k + 63) / 64;
  scratch.assign(2 * words, 0);
  std::uint64_t* up = scratch.data();
  std::uint64_t* down = up + words;
  std::fill(up, up + words, ~std::uint64_t(0));
  std::size_t score = k;
  for (std::size_t q = 0; q < k; ++q) {
    if (q % 1024 == 0 && work.cancelled()) throw Cancelled();
    std::uint64_t risesIn = 1, fallsIn = 0;
    for (std::size_t w = 0; w < words; ++w) {
      std::uint64_t equal = places[q] / 64 == w ? std::uint64_t(1) << (places[q] % 64) : 0;
      const std::uint64_t vertical = equal | down[w];
      equal |= fallsIn;
      const std::uint64_t horizontal = (((equal & up[w]) + up[w]) ^ up[w]) | equal;
      std::uint64_t rises = down[w] | ~(horizontal | up[w]);
      std::uint64_t falls = up[w] & horizontal;
      if (w + 1 == words) {
        const std::size_t last = (k - 1) % 64;
        score += (rises >> last) & 1;
        score -= (falls >> last) & 1;
      }
      const std::uint64_t risesOut = rises >> 63, fallsOut = falls >> 63;
      rises = (rises << 1) | risesIn;
      falls = (falls << 1) | fallsIn;
      up[w] = falls | ~(vertical | rises);
      down[w] = rises & vertical;
      risesIn = risesOut;
      fallsIn = fallsOut;
    }
  }
  return score;
}

}  // namespace gramian
