// The body of producer.h.
#pragma once

#include <cmath>
#include <type_traits>

#include "../blas.h"
#include "../error.h"
#include "../simd/loops.h"
#include "producer.h"

namespace gramian {

template <class Real>
TileProducer<Real>::TileProducer(const std::vector<Source>& sources, const std::vector<Operator>& operators,
                                 StackType stack, NeighbourSearch* search, bool tiles)
    : sources_(sources),
      operators_(operators),
      stackType_(stack),
      wantsTiles_(tiles),
      maps_(sources, operators, search, tiles) {}

template <class Real>
template <class KeepGoing>
void TileProducer<Real>::run(const Tile& tile, TileSums& sums, KeepGoing keepGoing) {
  const std::size_t stride = form(tile, sums, keepGoing);
  if (!keepGoing()) throw Cancelled();
  if (wantsTiles_ && tile.entries() > 0) stack(tile.entries(), stride, sums.inner.data());
}

template <class Real>
template <class KeepGoing>
std::size_t TileProducer<Real>::form(const Tile& tile, TileSums& sums, KeepGoing keepGoing) {
  const std::size_t L = wantsTiles_ ? operators_.size() : 0, entries = tile.entries();
  // Rows of the stack start on cache lines; an odd number of lines keeps them from falling on the same cache sets.
  constexpr std::size_t line = 64 / sizeof(Real);
  const std::size_t stride = ((entries + line - 1) / line | 1) * line;
  Real* tiles = tiles_.grow(L * stride);
  sums.inner.assign(L * L, 0.0);
  sums.rowSum.assign(L * tile.rows, 0.0);
  sums.colSum.assign(L * tile.cols, 0.0);
  if (entries == 0) return stride;

  for (std::size_t s = 0; s < sources_.size(); ++s) {
    if (!maps_.uses(s)) continue;
    if (!keepGoing()) throw Cancelled();
    const double alpha = products(sources_[s], tile);
    maps_.map(s, tile, products_.data(), alpha, {tiles, stride, sums.rowSum.data(), sums.colSum.data()});
  }
  return stride;
}

template <class Real>
typename TileProducer<Real>::Panel TileProducer<Real>::panel(const Source& source, std::size_t begin, std::size_t count,
                                                             Aligned<Real>& scratch) {
  const std::size_t d = source.features;
  if (source.direct) return {static_cast<const Real*>(source.spec.view.row(begin)), d};
  Real* out = scratch.grow(count * d);
  for (std::size_t i = 0; i < count; ++i) source.pack(begin + i, 0, d, out + i * d);
  return {out, d};
}

// Fills products_ with the tile's raw inner products (or Gram entries) and returns the factor that brings them to
// scaled units.
template <class Real>
double TileProducer<Real>::products(const Source& source, const Tile& tile) {
  Real* out = products_.grow(tile.rows * tile.cols);
  if (source.spec.kind == SourceSpec::Kind::gram) {
    const Loops& loop = loops();
    double* row = row_.grow(source.samples);
    const double half = source.meanNorm2 / 2;
    for (std::size_t i = 0; i < tile.rows; ++i) {
      loop.widen(source.row(tile.row + i), source.spec.view.dtype, source.samples, row);
      const double left = source.dotMean[tile.row + i] + half;
      for (std::size_t j = 0; j < tile.cols; ++j) {
        // Double-centred in f64, before it is rounded to the tile's type.
        const double value = std::ldexp(row[source.sample(tile.col + j)], 2 * source.exponent);
        out[i * tile.cols + j] = static_cast<Real>(value - left - (source.dotMean[tile.col + j] + half));
      }
    }
    return 1;
  }
  const Panel left = panel(source, tile.row, tile.rows, left_);
  if (tile.diagonal()) {
    syrkLower(tile.rows, source.features, Real(1), left.rows, left.stride, Real(0), out, tile.cols);
  } else {
    const Panel right = panel(source, tile.col, tile.cols, right_);
    gemm(false, true, tile.rows, tile.cols, source.features, Real(1), left.rows, left.stride, right.rows, right.stride,
         Real(0), out, tile.cols);
  }
  return source.direct ? std::ldexp(1.0, 2 * source.exponent) : 1;
}

template <class Real>
void TileProducer<Real>::stack(std::size_t count, std::size_t stride, double* inner) {
  const Loops& loop = loops();
  const std::size_t L = operators_.size();
  char* scratch = stackScratch_.grow(loop.stackScratch(L));
  for (std::size_t begin = 0, end = 0; begin < L; begin = end) {
    while (end < L && operators_[end].group == operators_[begin].group) ++end;
    const Real* rows = tiles_.data() + begin * stride;
    double* gram = inner + begin * L + begin;
    if constexpr (std::is_same<Real, float>::value) {
      const auto run = stackType_ == StackType::f64 ? loop.stackF32 : loop.stackF32Flush;
      run(rows, end - begin, stride, count, gram, L, scratch);
    } else {
      loop.stackF64(rows, end - begin, stride, count, gram, L, scratch);
    }
  }
}

}  // namespace gramian
