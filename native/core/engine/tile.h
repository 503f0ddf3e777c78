// The index space of n×n cut into tiles: the lower triangle, row-block by row-block, then the diagonal.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace gramian {

struct Tile {
  std::size_t row, rows;
  std::size_t col, cols;
  bool diagonal() const { return row == col; }
  // How many entries are kept: a diagonal tile keeps its strict lower triangle, so that each pair i ≠ j is met once.
  std::size_t entries() const { return diagonal() ? rows * (rows - 1) / 2 : rows * cols; }
};

// Sides differ by at most one where the block does not divide n, so that no tile is a sliver.
inline std::vector<Tile> lowerTriangle(std::size_t begin, std::size_t end, std::size_t block) {
  const std::size_t n = end - begin;
  const std::size_t blocks = (n + block - 1) / block;
  std::vector<std::size_t> edge(blocks + 1);
  for (std::size_t k = 0; k <= blocks; ++k) edge[k] = begin + n * k / blocks;
  std::vector<Tile> tiles;
  tiles.reserve(blocks * (blocks + 1) / 2);
  for (std::size_t i = 0; i < blocks; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      tiles.push_back({edge[i], edge[i + 1] - edge[i], edge[j], edge[j + 1] - edge[j]});
    }
  }
  // The small ones last, so that threads which take tiles as they come end at about the same time.
  for (std::size_t i = 0; i < blocks; ++i) {
    tiles.push_back({edge[i], edge[i + 1] - edge[i], edge[i], edge[i + 1] - edge[i]});
  }
  return tiles;
}

}  // namespace gramian
