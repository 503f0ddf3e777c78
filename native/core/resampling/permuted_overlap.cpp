#include "permuted_overlap.h"

#include <algorithm>

#include "../error.h"

namespace gramian {

namespace {

constexpr std::size_t kBits = 64;
// Samples between two looks at whether the work is cancelled.
constexpr std::size_t kBetweenLooks = 256;

// Where `value` stands among the values seen so far.
std::size_t placeOf(std::vector<std::size_t>& seen, std::size_t value) {
  const auto found = std::find(seen.begin(), seen.end(), value);
  if (found != seen.end()) return static_cast<std::size_t>(found - seen.begin());
  seen.push_back(value);
  return seen.size() - 1;
}

}  // namespace

PermutedOverlap::PermutedOverlap(const NeighbourLists& neighbours) : neighbours_(neighbours) {
  bundles_.resize((neighbours.lists.size() + kBits - 1) / kBits);
  for (std::size_t pair = 0; pair < neighbours.pairs.size(); ++pair) {
    const Pair& lists = neighbours.pairs[pair];
    Bundle& bundle = bundles_[lists.b / kBits];
    bundle.readers.push_back({placeOf(bundle.left, lists.a), placeOf(bundle.right, lists.b), pair});
  }
}

void PermutedOverlap::run(const std::uint32_t* permutation, std::size_t samples, Scratch& scratch, const Work& work,
                          double* out) const {
  const std::size_t k = neighbours_.count;
  scratch.marks.assign(samples, 0);
  for (const Bundle& bundle : bundles_) {
    scratch.counts.assign(bundle.left.size() * kBits, 0);
    for (std::size_t i = 0; i < samples; ++i) {
      if (i % kBetweenLooks == 0 && work.cancelled()) throw Cancelled();
      const std::size_t from = permutation[i] * k;
      for (std::size_t bit = 0; bit < bundle.right.size(); ++bit) {
        const std::uint32_t* list = neighbours_.lists[bundle.right[bit]] + from;
        for (std::size_t q = 0; q < k; ++q) scratch.marks[list[q]] |= std::uint64_t(1) << bit;
      }
      for (std::size_t a = 0; a < bundle.left.size(); ++a) {
        const std::uint32_t* list = neighbours_.lists[bundle.left[a]] + i * k;
        std::uint32_t* counts = scratch.counts.data() + a * kBits;
        for (std::size_t q = 0; q < k; ++q) {
          for (std::uint64_t hits = scratch.marks[permutation[list[q]]]; hits != 0; hits &= hits - 1) {
            ++counts[__builtin_ctzll(hits)];
          }
        }
      }
      for (const std::size_t right : bundle.right) {
        const std::uint32_t* list = neighbours_.lists[right] + from;
        for (std::size_t q = 0; q < k; ++q) scratch.marks[list[q]] = 0;
      }
    }
    for (const Bundle::Reader& reader : bundle.readers) {
      out[reader.pair] = static_cast<double>(scratch.counts[reader.left * kBits + reader.right]) /
                         (static_cast<double>(samples) * static_cast<double>(k));
    }
  }
}

}  // namespace gramian
