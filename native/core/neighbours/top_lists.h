// The top-k lists of one layer, checked and laid out for the loops over them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "../engine/aligned.h"
#include "../pool/work.h"

namespace gramian {

class TopLists {
 public:
  // Longer lists do not fit the bits of a lane.
  static constexpr std::size_t mostInLanes = 32;
  static constexpr std::uint32_t nobody = 0xffffffffu;

  TopLists() = default;
  // A copy, checked as it is made: nothing that happens to `indices` later can lead a reader astray.
  TopLists(const std::uint32_t* indices, std::size_t samples, std::size_t count, const Work& work);

  const std::uint32_t* row(std::size_t i) const { return rows_.data() + i * stride_; }
  // Samples kListLanes·b and on, as simd/loops.h wants them; only where count ≤ mostInLanes.
  const std::uint32_t* block(std::size_t b) const;
  bool names(std::size_t i, std::size_t j) const;  // j ∈ N(i)

  // Whether the p-th of i's list names i in return; findReturned first.
  bool returned(std::size_t i, std::size_t p) const { return returned_[i * count_ + p] != 0; }
  void findReturned(const Work& work);

  std::size_t samples() const { return samples_; }
  std::size_t count() const { return count_; }

 private:
  std::size_t samples_ = 0, count_ = 0, stride_ = 0;
  Aligned<std::uint32_t> rows_, lanes_;
  std::vector<std::uint8_t> returned_;
};

}  // namespace gramian
