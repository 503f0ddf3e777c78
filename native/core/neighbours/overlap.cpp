#include "overlap.h"

#include <algorithm>

#include "../error.h"
#include "../simd/loops.h"
#include "long_lists.h"

namespace gramian {

namespace {
// Samples between two looks at whether to go on.
constexpr std::size_t kStep = 16 * kListLanes;
}  // namespace

OverlapFinder::OverlapFinder(std::size_t samples, std::size_t count, OverlapWants wants)
    : samples_(samples),
      count_(count),
      wants_(wants),
      symmetric_(wants.symmetric ? samples : 0, true),
      platonic_(wants.platonic ? samples : 0, false) {
  if (count <= TopLists::mostInLanes) {
    matches_.grow(count * kListLanes);
  } else {
    place_.assign(samples, TopLists::nobody);
    places_.resize(count);
  }
}

Overlap OverlapFinder::find(const TopLists& a, const TopLists& b, const double* valuesA, const double* valuesB,
                            const Work& work) {
  Overlap overlap;
  overlap.shared.assign(count_ + 1, 0);
  symmetric_.clear();
  platonic_.clear();
  const Side left{a, valuesA}, right{b, valuesB};
  if (count_ <= TopLists::mostInLanes) {
    for (std::size_t i = 0; i < samples_; i += kListLanes) {
      if (i % kStep == 0 && work.cancelled()) throw Cancelled();
      shortLists(left, right, i / kListLanes, overlap);
    }
  } else {
    for (std::size_t i = 0; i < samples_; ++i) {
      if (work.cancelled()) throw Cancelled();
      longLists(left, right, i, overlap, work);
    }
  }
  if (wants_.symmetric) overlap.symmetric = symmetric_.sums();
  if (wants_.platonic) overlap.platonic = platonic_.sums();
  return overlap;
}

void OverlapFinder::shortLists(const Side& a, const Side& b, std::size_t block, Overlap& overlap) {
  const Loops& loop = loops();
  alignas(64) std::uint32_t found[kListLanes];
  const std::size_t begin = block * kListLanes, length = std::min(kListLanes, samples_ - begin);
  const std::uint32_t* left = a.lists.block(block);
  const std::uint32_t* right = b.lists.block(block);
  loop.listShared(left, right, count_, found);
  for (std::size_t lane = 0; lane < length; ++lane) ++overlap.shared[found[lane]];
  if (!wants_.anyMatches()) return;

  std::uint32_t* matches = matches_.data();
  loop.listMatches(left, right, count_, matches);
  if (wants_.common) {
    loop.listCommon(matches, count_, found);
    for (std::size_t lane = 0; lane < length; ++lane) overlap.common += found[lane];
  }
  if (wants_.edit) {
    loop.listEdit(matches, count_, found);
    for (std::size_t lane = 0; lane < length; ++lane) overlap.edit += found[lane];
  }
  if (!wants_.symmetric && !wants_.platonic) return;
  for (std::size_t q = 0; q < count_; ++q) {
    for (std::size_t lane = 0; lane < length; ++lane) {
      const std::uint32_t bit = matches[q * kListLanes + lane];
      if (bit) match(a, b, begin + lane, static_cast<std::size_t>(__builtin_ctz(bit)), q);
    }
  }
}

void OverlapFinder::longLists(const Side& a, const Side& b, std::size_t i, Overlap& overlap, const Work& work) {
  const std::uint32_t* left = a.lists.row(i);
  const std::uint32_t* right = b.lists.row(i);
  for (std::size_t p = 0; p < count_; ++p) place_[left[p]] = static_cast<std::uint32_t>(p);
  std::size_t shared = 0;
  for (std::size_t q = 0; q < count_; ++q) {
    places_[q] = place_[right[q]];
    if (places_[q] == TopLists::nobody) continue;
    ++shared;
    match(a, b, i, places_[q], q);
  }
  for (std::size_t p = 0; p < count_; ++p) place_[left[p]] = TopLists::nobody;
  ++overlap.shared[shared];
  if (wants_.common) overlap.common += commonSubsequence(places_, ends_);
  if (wants_.edit) overlap.edit += editDistance(places_, columns_, work);
}

void OverlapFinder::match(const Side& a, const Side& b, std::size_t i, std::size_t p, std::size_t q) {
  if (!wants_.symmetric && !wants_.platonic) return;
  const std::size_t j = a.lists.row(i)[p];
  const double k = a.values[i * count_ + p], l = b.values[i * count_ + q];
  const bool both = a.lists.returned(i, p) && b.lists.returned(i, q);
  if (wants_.symmetric) symmetric_.add(i, j, k, l, both);
  if (wants_.platonic) platonic_.add(i, j, k, l, both);
}

}  // namespace gramian
