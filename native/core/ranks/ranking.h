// The ranks of one layer's distances.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "../engine/source.h"

namespace gramian {

// N entries in the order of the triangle (spec.h).
struct Ranking {
  bool constant = false;
  // Groups of more than one equal entry, by rank: first place and size.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ties;
  // Of each entry: how many are less; and a place of its own among its equals. Without ties the two are one, and
  // `place` is empty.
  std::vector<std::uint32_t> less, place;

  const std::vector<std::uint32_t>& places() const { return place.empty() ? less : place; }
};

// Centred ranks are written to whichever of the two pointers is not null: f32 holds them exactly for N ≤ 2^24.
Ranking rankDistances(const Source& source, TileType precision, bool places, float* centred32, double* centred64,
                      const Work& work);

}  // namespace gramian
