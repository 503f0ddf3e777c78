// Fields that the resampling jobs have in common.
#pragma once

#include <cstddef>
#include <vector>

#include "../boundary/read.h"
#include "../core/engine/spec.h"
#include "engine_spec.h"

namespace gramian {

// n²·operators numbers are held: more samples than this fit in no memory, and their squares in no size_t for long.
constexpr std::size_t kMostResampled = std::size_t(1) << 24;

// Pairs in the order given: (a, b) is not (b, a).
std::vector<Pair> readOrderedPairs(const Fields& fields, std::size_t bound);
TileType readPrecision(const Fields& fields);
std::size_t readThreads(const Fields& fields);

}  // namespace gramian
