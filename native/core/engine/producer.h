// Produces the tiles of all operators over one rectangle of the index space and takes their inner products.
#pragma once

#include <cstddef>
#include <vector>

#include "aligned.h"
#include "operator.h"
#include "row_mapper.h"
#include "source.h"
#include "tile.h"

namespace gramian {

// Where a tile's sums go: row-major, one line an operator.
struct TileSums {
  std::vector<double> inner;   // L×L, upper triangle a ≤ b; each pair i ≠ j counted once
  std::vector<double> rowSum;  // L×tile.rows: Σ over the tile's columns
  std::vector<double> colSum;  // L×tile.cols: Σ over the tile's rows
};

// One thread's scratch; Real is the tile's element type.
template <class Real>
class TileProducer {
 public:
  // `search`, where there is one, sees every tile; without `tiles` it is the only one that does, and no sums are taken.
  TileProducer(const std::vector<Source>& sources, const std::vector<Operator>& operators, StackType stack,
               NeighbourSearch* search = nullptr, bool tiles = true);

  // `keepGoing()` is asked between layers; false ends early with Cancelled.
  template <class KeepGoing>
  void run(const Tile& tile, TileSums& sums, KeepGoing keepGoing);

  // The tiles alone, without their inner products: one line an operator, rows as Tile::entries() counts them. Returns
  // how far apart the lines are.
  template <class KeepGoing>
  std::size_t form(const Tile& tile, TileSums& sums, KeepGoing keepGoing);
  const Real* formed() const { return tiles_.data(); }

 private:
  struct Panel {
    const Real* rows;
    std::size_t stride;
  };
  Panel panel(const Source& source, std::size_t begin, std::size_t count, Aligned<Real>& scratch);
  double products(const Source& source, const Tile& tile);
  void stack(std::size_t count, std::size_t stride, double* inner);

  const std::vector<Source>& sources_;
  const std::vector<Operator>& operators_;
  StackType stackType_;
  bool wantsTiles_;
  Aligned<Real> left_, right_, products_, tiles_;
  Aligned<double> row_;
  Aligned<char> stackScratch_;
  RowMapper<Real> maps_;
};

}  // namespace gramian

#include "producer_impl.h"
