#include "inversions.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "../error.h"

namespace gramian {

namespace {

// A merge sort that counts, from runs of this length on.
constexpr std::size_t kBase = 16;
// Steps between two looks at whether to go on.
constexpr std::size_t kStep = std::size_t(1) << 16;

// Sorts sixteen values by comparing each with all: no branch, and the inner loops are a few vector operations.
std::uint64_t sortSixteen(const std::uint32_t* from, std::uint32_t* to) {
  std::int32_t x[kBase];
  std::memcpy(x, from, sizeof x);
  std::uint64_t inversions = 0;
  for (std::size_t i = 0; i < kBase; ++i) {
    std::int32_t smaller = 0, before = 0, later = 0;
    for (std::size_t j = 0; j < kBase; ++j) smaller += x[j] < x[i] ? 1 : 0;
    for (std::size_t j = 0; j < i; ++j) before += x[j] == x[i] ? 1 : 0;
    for (std::size_t j = i; j < kBase; ++j) later += x[j] < x[i] ? 1 : 0;
    inversions += static_cast<std::uint64_t>(later);
    to[smaller + before] = from[i];
  }
  return inversions;
}

std::uint64_t sortFew(std::uint32_t* values, std::size_t count) {
  std::uint64_t inversions = 0;
  for (std::size_t i = 1; i < count; ++i) {
    const std::uint32_t value = values[i];
    std::size_t j = i;
    for (; j > 0 && values[j - 1] > value; --j) values[j] = values[j - 1];
    values[j] = value;
    inversions += i - j;
  }
  return inversions;
}

// Two runs of equal length: from both ends at once, each end writing half, so that neither run can end early and the
// two chains of dependent steps overlap.
std::uint64_t mergeEqual(const std::uint32_t* runs, std::size_t length, std::uint32_t* out, const Work& work) {
  const std::uint32_t* left = runs;
  const std::uint32_t* right = runs + length;
  const std::uint32_t* leftEnd = right - 1;
  const std::uint32_t* rightEnd = right + length - 1;
  std::uint32_t* outEnd = out + 2 * length - 1;
  // Of the pairs with a larger one in the left run: from the front, what is left of that run when a right one goes;
  // from the back, what has gone of it.
  std::uint64_t inversions = 0;
  for (std::size_t begin = 0; begin < length; begin += kStep) {
    if (work.cancelled()) throw Cancelled();
    const std::size_t steps = std::min(kStep, length - begin);
    for (std::size_t step = 0; step < steps; ++step) {
      const bool fromRight = *right < *left;
      *out++ = fromRight ? *right : *left;
      inversions += fromRight ? static_cast<std::uint64_t>(runs + length - left) : 0;
      right += fromRight ? 1 : 0;
      left += fromRight ? 0 : 1;

      const bool fromLeft = *rightEnd < *leftEnd;
      *outEnd-- = fromLeft ? *leftEnd : *rightEnd;
      inversions += fromLeft ? 0 : static_cast<std::uint64_t>(runs + length - 1 - leftEnd);
      leftEnd -= fromLeft ? 1 : 0;
      rightEnd -= fromLeft ? 0 : 1;
    }
  }
  return inversions;
}

std::uint64_t mergeAny(const std::uint32_t* runs, std::size_t length, std::size_t rest, std::uint32_t* out,
                       const Work& work) {
  std::size_t i = 0, j = length;
  const std::size_t end = length + rest;
  std::uint64_t inversions = 0;
  while (i < length && j < end) {
    if ((i + j) % kStep == 0 && work.cancelled()) throw Cancelled();
    if (runs[j] < runs[i]) {
      inversions += length - i;
      *out++ = runs[j++];
    } else {
      *out++ = runs[i++];
    }
  }
  out = std::copy(runs + i, runs + length, out);
  std::copy(runs + j, runs + end, out);
  return inversions;
}

}  // namespace

std::uint64_t countInversions(std::uint32_t* values, std::uint32_t* scratch, std::size_t count, const Work& work) {
  std::uint64_t inversions = 0;
  for (std::size_t begin = 0; begin < count; begin += kBase) {
    if (begin % kStep == 0 && work.cancelled()) throw Cancelled();
    if (begin + kBase <= count) {
      inversions += sortSixteen(values + begin, scratch + begin);
    } else {
      std::copy(values + begin, values + count, scratch + begin);
      inversions += sortFew(scratch + begin, count - begin);
    }
  }
  std::uint32_t* from = scratch;
  std::uint32_t* to = values;
  for (std::size_t length = kBase; length < count; length *= 2) {
    std::size_t begin = 0;
    for (; begin + 2 * length <= count; begin += 2 * length) {
      inversions += mergeEqual(from + begin, length, to + begin, work);
    }
    const std::size_t rest = count - begin;
    if (rest > length) inversions += mergeAny(from + begin, length, rest - length, to + begin, work);
    else std::copy(from + begin, from + count, to + begin);
    std::swap(from, to);
  }
  return inversions;
}

}  // namespace gramian
