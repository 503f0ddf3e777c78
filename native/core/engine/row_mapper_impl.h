// The body of row_mapper.h.
#pragma once

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "row_mapper.h"

namespace gramian {

// Squared distances below this share of ‖x_i‖² + ‖x_j‖² are computed again from the rows: the difference of norms and
// products has lost too many digits there (and a square root would double the loss).
template <class Real>
constexpr double kNear = std::is_same<Real, float>::value ? 0x1p-10 : 0x1p-20;

template <class Real>
RowMapper<Real>::RowMapper(const std::vector<Source>& sources, const std::vector<Operator>& operators,
                           NeighbourSearch* search, bool tiles)
    : sources_(sources), operators_(operators), search_(search), jobs_(sources.size()) {
  if (tiles) addOperators(operators);
  if (search) addRankings(search->rankings());
}

template <class Real>
void RowMapper<Real>::addOperators(const std::vector<Operator>& operators) {
  for (std::size_t l = 0; l < operators.size(); ++l) {
    Job& job = jobs_[operators[l].source];
    switch (operators[l].map) {
      case MapKind::linear: job.linear.push_back(l); break;
      case MapKind::polynomial: job.polynomial.push_back(l); break;
      case MapKind::cosine: job.cosine.push_back(l); break;
      case MapKind::rbf: job.rbf.push_back(l); break;
      case MapKind::laplacian: job.laplacian.push_back(l); break;
      case MapKind::distance: job.distance.push_back(l); break;
    }
  }
}

template <class Real>
void RowMapper<Real>::addRankings(const std::vector<Ranking>& rankings) {
  for (std::size_t r = 0; r < rankings.size(); ++r) {
    Job& job = jobs_[rankings[r].source];
    switch (rankings[r].kind) {
      case Ranking::Kind::product: job.byProduct.push_back(r); break;
      case Ranking::Kind::polynomial: job.byPolynomial.push_back(r); break;
      case Ranking::Kind::cosine: job.byCosine.push_back(r); break;
      case Ranking::Kind::distance: job.byDistance.push_back(r); break;
      case Ranking::Kind::gram: break;  // read again exactly, not off tiles
    }
  }
}

template <class Real>
void RowMapper<Real>::map(std::size_t index, const Tile& tile, const Real* raw, double alpha,
                          const TileLines<Real>& lines) {
  const Source& source = sources_[index];
  const Job& job = jobs_[index];
  const Loops& loop = loops();
  products_.grow(tile.cols);
  roots_.grow(tile.cols);
  values_.grow(tile.cols);
  std::size_t at = 0;
  for (std::size_t i = 0; i < tile.rows; ++i, raw += tile.cols) {
    const Row row{source, tile, lines, i, tile.diagonal() ? i : tile.cols, at};
    const RowShift shift{alpha, source.shift[row.row()], source.shift.data() + tile.col};
    for (std::size_t l : job.linear) {
      if constexpr (std::is_same<Real, float>::value)
        rowSum(row, l) = loop.linearRowF32(raw, row.count, shift, out(row, l), colSum(row, l));
      else rowSum(row, l) = loop.linearRowF64(raw, row.count, shift, out(row, l), colSum(row, l));
    }
    if (job.products()) {
      double* g = products_.data();
      if constexpr (std::is_same<Real, float>::value) loop.innerRowF32(raw, row.count, shift, g);
      else loop.innerRowF64(raw, row.count, shift, g);
      mapProducts(job, row, g);
      rankByProducts(job, row, g);
      if (job.distances()) mapDistances(job, row, g);
    }
    at += row.count;
  }
}

// What is read off the centred inner products themselves.
template <class Real>
void RowMapper<Real>::mapProducts(const Job& job, const Row& row, const double* g) {
  const Loops& loop = loops();
  const std::size_t i = row.row(), col = row.tile.col;
  double* values = values_.data();
  for (std::size_t l : job.polynomial) {
    const Operator& op = operators_[l];
    std::copy_n(g, row.count, values);
    loop.polynomialRow(values, row.count,
                       {op.degree, op.base, op.gamma, op.colOffset[i], op.colOffset.data() + col, op.mapScale},
                       polynomial_.grow(4 * row.tile.cols));
    emit(row, l, values);
  }
  for (std::size_t l : job.cosine) {
    cosine(row, operators_[l], g);
    emit(row, l, values);
  }
}

// T of a cosine kernel into values_.
template <class Real>
void RowMapper<Real>::cosine(const Row& row, const Operator& op, const double* g) {
  const std::size_t i = row.row(), col = row.tile.col;
  const bool lifted = !op.lift.empty();
  loops().cosineRow(
      g, row.count,
      {op.weight[i], op.excess[i], op.along[i], op.meanNorm2, lifted ? op.lift[i] : 0, op.weight.data() + col,
       op.excess.data() + col, op.along.data() + col, lifted ? op.lift.data() + col : nullptr},
      values_.data());
}

template <class Real>
void RowMapper<Real>::rankByProducts(const Job& job, const Row& row, const double* g) {
  double* values = values_.data();
  for (std::size_t r : job.byProduct) rank(row, r, g);
  for (std::size_t r : job.byCosine) {
    cosine(row, operators_[search_->rankings()[r].op], g);
    rank(row, r, values);
  }
  for (std::size_t r : job.byPolynomial) {
    const Operator& op = operators_[search_->rankings()[r].op];
    const double* offset = op.colOffset.data() + row.tile.col;
    const double alone = op.base + op.colOffset[row.row()];
    for (std::size_t j = 0; j < row.count; ++j) {
      const double base = op.gamma * g[j] + (alone + offset[j]);
      values[j] = op.degree % 2 == 0 ? std::fabs(base) : base;
    }
    rank(row, r, values);
  }
}

// What is read off distances; g is overwritten with their squares.
template <class Real>
void RowMapper<Real>::mapDistances(const Job& job, const Row& row, double* g) {
  const Loops& loop = loops();
  const std::size_t i = row.row(), col = row.tile.col;
  const double* norm2 = row.source.norm2.data();
  if (loop.distanceRow(g, row.count, norm2[i], norm2 + col, kNear<Real>)) {
    for (std::size_t j = 0; j < row.count; ++j) {
      if (g[j] > kNear<Real> * (norm2[i] + norm2[col + j])) continue;
      g[j] = row.source.exactDistance2(i, col + j, pair_);
    }
  }
  double* values = values_.data();
  for (std::size_t r : job.byDistance) {
    for (std::size_t j = 0; j < row.count; ++j) values[j] = -g[j];
    rank(row, r, values);
  }
  const auto exponential = [&](std::size_t l, const double* u) {
    const Operator& op = operators_[l];
    loop.exponentialRow(u, row.count, op.rate, op.centre, op.mapScale, values);
    emit(row, l, values);
  };
  for (std::size_t l : job.rbf) exponential(l, g);
  if (!job.roots()) return;
  double* d = roots_.data();
  loop.rootRow(g, row.count, d);
  for (std::size_t l : job.laplacian) exponential(l, d);
  for (std::size_t l : job.distance) {
    const double* offset = operators_[l].offset.data();
    emitShifted(row, l, d, {-1, offset[i] + operators_[l].constant, offset + col});
  }
}

template <class Real>
void RowMapper<Real>::emit(const Row& row, std::size_t l, const double* values) {
  if constexpr (std::is_same<Real, float>::value)
    rowSum(row, l) = loops().emitRowF32(values, row.count, out(row, l), colSum(row, l));
  else rowSum(row, l) = loops().emitRowF64(values, row.count, out(row, l), colSum(row, l));
}

template <class Real>
void RowMapper<Real>::emitShifted(const Row& row, std::size_t l, const double* values, RowShift shift) {
  if constexpr (std::is_same<Real, float>::value)
    rowSum(row, l) = loops().shiftRowF32(values, row.count, shift, out(row, l), colSum(row, l));
  else rowSum(row, l) = loops().linearRowF64(values, row.count, shift, out(row, l), colSum(row, l));
}

}  // namespace gramian
