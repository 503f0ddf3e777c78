// The entrywise maps of one tile: every operator of a source, row by row, so that centred products and distances are
// found once for all of them and stay in the nearest cache.
#pragma once

#include <cstddef>
#include <vector>

#include "../simd/loops.h"
#include "aligned.h"
#include "operator.h"
#include "source.h"
#include "tile.h"

namespace gramian {

// Where the operators' rows go: line l of a buffer holds operator l's tile (or its sums).
template <class Real>
struct TileLines {
  Real* tiles;
  std::size_t stride;
  double* rowSum;  // tile.rows a line
  double* colSum;  // tile.cols a line
};

template <class Real>
class RowMapper {
 public:
  RowMapper(const std::vector<Source>& sources, const std::vector<Operator>& operators);

  bool uses(std::size_t source) const { return !jobs_[source].all.empty(); }
  // `raw` are the tile's products, `alpha` what brings them to scaled units.
  void map(std::size_t source, const Tile& tile, const Real* raw, double alpha, const TileLines<Real>& lines);

 private:
  // Operators of one source, by what they are read off.
  struct Job {
    std::vector<std::size_t> all, linear, polynomial, cosine, rbf, laplacian, distance;
    bool distances() const { return !rbf.empty() || roots(); }
    bool roots() const { return !laplacian.empty() || !distance.empty(); }
    bool products() const { return !polynomial.empty() || !cosine.empty() || distances(); }
  };
  // One row of the tile, and where its operators' entries start.
  struct Row {
    const Source& source;
    const Tile& tile;
    const TileLines<Real>& lines;
    std::size_t i, count, at;
    std::size_t row() const { return tile.row + i; }
  };

  void mapProducts(const Job& job, const Row& row, const double* g);
  void mapDistances(const Job& job, const Row& row, double* g);
  double* colSum(const Row& row, std::size_t l) const { return row.lines.colSum + l * row.tile.cols; }
  Real* out(const Row& row, std::size_t l) const { return row.lines.tiles + l * row.lines.stride + row.at; }
  double& rowSum(const Row& row, std::size_t l) const { return row.lines.rowSum[l * row.tile.rows + row.i]; }
  void emit(const Row& row, std::size_t l, const double* values);
  void emitShifted(const Row& row, std::size_t l, const double* values, RowShift shift);

  const std::vector<Source>& sources_;
  const std::vector<Operator>& operators_;
  std::vector<Job> jobs_;
  Aligned<double> products_, roots_, values_, polynomial_;
  std::vector<double> pair_;
};

}  // namespace gramian

#include "row_mapper_impl.h"
