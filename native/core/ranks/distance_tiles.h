// Squared distances between rows of a source, a tile at a time, from norms and matrix products; near pairs from the
// rows themselves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "../engine/aligned.h"
#include "../engine/source.h"
#include "../engine/tile.h"

namespace gramian {

// One thread's scratch; Real is the type that products are taken in.
template <class Real>
class DistanceTiles {
 public:
  // A side for tiles of so many features.
  static std::size_t block(std::size_t features);
  // Over rows[0], rows[1], … of the source: emit(i, j, d2, count) with the squared distances of row i to rows j,
  // j + 1, …; of a diagonal tile those below i.
  template <class Emit>
  void run(const Source& source, const std::vector<std::uint32_t>& rows, const Tile& tile, Emit emit);

 private:
  void panel(std::size_t begin, std::size_t count, Aligned<Real>& scratch, std::vector<double>& norm2) const;
  void products(const Tile& tile);
  double* row(const Tile& tile, std::size_t i, std::size_t count);

  const Source* source_ = nullptr;
  const std::vector<std::uint32_t>* rows_ = nullptr;
  std::vector<double> leftNorm2_, rightNorm2_, zero_, pair_;
  Aligned<Real> left_, right_, products_;
  Aligned<double> row_;
};

template <class Real>
template <class Emit>
void DistanceTiles<Real>::run(const Source& source, const std::vector<std::uint32_t>& rows, const Tile& tile,
                              Emit emit) {
  source_ = &source;
  rows_ = &rows;
  products(tile);
  for (std::size_t i = 0; i < tile.rows; ++i) {
    const std::size_t count = tile.diagonal() ? i : tile.cols;
    if (count > 0) emit(tile.row + i, tile.col, row(tile, i, count), count);
  }
}

}  // namespace gramian
