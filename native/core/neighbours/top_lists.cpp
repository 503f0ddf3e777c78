#include "top_lists.h"

#include <algorithm>
#include <string>

#include "../error.h"
#include "../simd/loops.h"

namespace gramian {

namespace {

// Rows are read in whole cache lines of this many.
constexpr std::size_t kLine = 16;

[[noreturn]] void refuse(std::size_t row, const std::string& what) {
  throw CoreError("INVALID_ARGUMENT",
                  "Expected top-k lists that name other samples, each once, but list " + std::to_string(row) + what);
}

}  // namespace

TopLists::TopLists(const std::uint32_t* indices, std::size_t samples, std::size_t count, const Work& work)
    : samples_(samples), count_(count), stride_((count + kLine - 1) / kLine * kLine), rows_(samples * stride_) {
  std::vector<std::uint32_t> namedBy(samples, nobody);
  for (std::size_t i = 0; i < samples; ++i) {
    if (work.cancelled()) throw Cancelled();
    std::uint32_t* row = rows_.data() + i * stride_;
    std::copy(indices + i * count, indices + (i + 1) * count, row);
    std::fill(row + count, row + stride_, nobody);
    for (std::size_t p = 0; p < count; ++p) {
      const std::uint32_t j = row[p];
      if (j >= samples) refuse(i, " names " + std::to_string(j) + " of " + std::to_string(samples) + ".");
      if (j == i) refuse(i, " names itself.");
      if (namedBy[j] == i) refuse(i, " names " + std::to_string(j) + " twice.");
      namedBy[j] = static_cast<std::uint32_t>(i);
    }
  }
  if (count > mostInLanes) return;
  const std::size_t blocks = (samples + kListLanes - 1) / kListLanes;
  std::uint32_t* to = lanes_.grow(blocks * count * kListLanes);
  for (std::size_t b = 0; b < blocks; ++b) {
    for (std::size_t p = 0; p < count; ++p) {
      for (std::size_t lane = 0; lane < kListLanes; ++lane) {
        const std::size_t i = b * kListLanes + lane;
        *to++ = i < samples ? rows_.data()[i * stride_ + p] : nobody;
      }
    }
  }
}

const std::uint32_t* TopLists::block(std::size_t b) const { return lanes_.data() + b * count_ * kListLanes; }

bool TopLists::names(std::size_t i, std::size_t j) const {
  const std::uint32_t* __restrict list = row(i);
  const std::uint32_t wanted = static_cast<std::uint32_t>(j);
  for (std::size_t begin = 0; begin < stride_; begin += kLine) {
    std::uint32_t found = 0;
    for (std::size_t p = 0; p < kLine; ++p) found |= list[begin + p] == wanted ? 1u : 0u;
    if (found) return true;
  }
  return false;
}

void TopLists::findReturned(const Work& work) {
  returned_.resize(samples_ * count_);
  for (std::size_t i = 0; i < samples_; ++i) {
    if (work.cancelled()) throw Cancelled();
    for (std::size_t p = 0; p < count_; ++p) returned_[i * count_ + p] = names(row(i)[p], i) ? 1 : 0;
  }
}

}  // namespace gramian
