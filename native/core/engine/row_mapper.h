// The entrywise maps of one tile: every operator of a source, row by row, so that centred products and distances are
// found once for all of them and stay in the nearest cache.
#pragma once

#include <cstddef>
#include <vector>

#include "../simd/loops.h"
#include "aligned.h"
#include "neighbours/search.h"
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
  // `search`, where there is one, is told the values that it ranks by; `tiles` says whether the operators' tiles are
  // wanted as well.
  RowMapper(const std::vector<Source>& sources, const std::vector<Operator>& operators, NeighbourSearch* search,
            bool tiles);

  bool uses(std::size_t source) const { return !jobs_[source].linear.empty() || jobs_[source].products(); }
  // `raw` are the tile's products, `alpha` what brings them to scaled units.
  void map(std::size_t source, const Tile& tile, const Real* raw, double alpha, const TileLines<Real>& lines);

 private:
  // Operators and rankings of one source, by what they are read off.
  struct Job {
    std::vector<std::size_t> linear, polynomial, cosine, rbf, laplacian, distance;
    std::vector<std::size_t> byProduct, byPolynomial, byCosine, byDistance;
    bool roots() const { return !laplacian.empty() || !distance.empty(); }
    bool distances() const { return !rbf.empty() || roots() || !byDistance.empty(); }
    bool products() const {
      return !polynomial.empty() || !cosine.empty() || !byProduct.empty() || !byPolynomial.empty() ||
             !byCosine.empty() || distances();
    }
  };
  // One row of the tile, and where its operators' entries start.
  struct Row {
    const Source& source;
    const Tile& tile;
    const TileLines<Real>& lines;
    std::size_t i, count, at;
    std::size_t row() const { return tile.row + i; }
  };

  void addOperators(const std::vector<Operator>& operators);
  void addRankings(const std::vector<Ranking>& rankings);
  void mapProducts(const Job& job, const Row& row, const double* g);
  void cosine(const Row& row, const Operator& op, const double* g);
  void rankByProducts(const Job& job, const Row& row, const double* g);
  void mapDistances(const Job& job, const Row& row, double* g);
  double* colSum(const Row& row, std::size_t l) const { return row.lines.colSum + l * row.tile.cols; }
  Real* out(const Row& row, std::size_t l) const { return row.lines.tiles + l * row.lines.stride + row.at; }
  double& rowSum(const Row& row, std::size_t l) const { return row.lines.rowSum[l * row.tile.rows + row.i]; }
  void rank(const Row& row, std::size_t ranking, const double* values) {
    search_->offer(ranking, row.tile, row.i, row.count, values, scratch_);
  }
  void emit(const Row& row, std::size_t l, const double* values);
  void emitShifted(const Row& row, std::size_t l, const double* values, RowShift shift);

  const std::vector<Source>& sources_;
  const std::vector<Operator>& operators_;
  NeighbourSearch* search_;
  std::vector<Job> jobs_;
  Aligned<double> products_, roots_, values_, polynomial_;
  std::vector<double> pair_;
  NeighbourSearch::Scratch scratch_;
};

}  // namespace gramian

#include "row_mapper_impl.h"
