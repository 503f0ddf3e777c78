// The body of producer.h.
#pragma once

#include <cmath>
#include <type_traits>

#include "../blas.h"
#include "../error.h"
#include "../simd/loops.h"
#include "producer.h"

namespace gramian {

// Squared distances below this share of ‖x_i‖² + ‖x_j‖² are computed again from the rows: the difference of norms and
// products has lost too many digits there (and the square root of a Laplacian would double the loss).
template <class Real>
constexpr double kNear = std::is_same<Real, float>::value ? 0x1p-10 : 0x1p-20;

template <class Real>
TileProducer<Real>::TileProducer(const std::vector<Source>& sources, const std::vector<Operator>& operators,
                                 StackType stack)
    : sources_(sources), operators_(operators), stackType_(stack) {}

template <class Real>
template <class KeepGoing>
void TileProducer<Real>::run(const Tile& tile, TileSums& sums, KeepGoing keepGoing) {
  const std::size_t stride = form(tile, sums, keepGoing);
  if (!keepGoing()) throw Cancelled();
  if (tile.entries() > 0) stack(tile.entries(), stride, sums.inner.data());
}

template <class Real>
template <class KeepGoing>
std::size_t TileProducer<Real>::form(const Tile& tile, TileSums& sums, KeepGoing keepGoing) {
  const std::size_t L = operators_.size(), entries = tile.entries();
  // Rows of the stack start on cache lines; an odd number of lines keeps them from falling on the same cache sets.
  constexpr std::size_t line = 64 / sizeof(Real);
  const std::size_t stride = ((entries + line - 1) / line | 1) * line;
  Real* tiles = tiles_.grow(L * stride);
  sums.inner.assign(L * L, 0.0);
  sums.rowSum.assign(L * tile.rows, 0.0);
  sums.colSum.assign(L * tile.cols, 0.0);
  if (entries == 0) return stride;

  for (std::size_t s = 0; s < sources_.size(); ++s) {
    bool formed = false;
    double alpha = 0;
    for (std::size_t l = 0; l < L; ++l) {
      if (operators_[l].source != s) continue;
      if (!formed) {
        if (!keepGoing()) throw Cancelled();
        alpha = products(sources_[s], tile);
        formed = true;
      }
      mapTile(sources_[s], operators_[l], tile, alpha, tiles + l * stride, sums.rowSum.data() + l * tile.rows,
              sums.colSum.data() + l * tile.cols);
    }
  }
  return stride;
}

template <class Real>
typename TileProducer<Real>::Panel TileProducer<Real>::panel(const Source& source, std::size_t begin, std::size_t count,
                                                             Aligned<Real>& scratch) {
  const std::size_t d = source.features;
  if (source.direct) return {static_cast<const Real*>(source.spec.view.row(begin)), d};
  const Loops& loop = loops();
  const double scale = std::ldexp(1.0, source.exponent);
  Real* out = scratch.grow(count * d);
  for (std::size_t i = 0; i < count; ++i) {
    const double rowScale = source.rowScale.empty() ? 1 : source.rowScale[begin + i];
    if constexpr (std::is_same<Real, float>::value) {
      loop.packF32(source.row(begin + i), source.spec.view.dtype, d, source.mean.data(), rowScale, scale, out + i * d);
    } else {
      loop.packF64(source.row(begin + i), source.spec.view.dtype, d, source.mean.data(), rowScale, scale, out + i * d);
    }
  }
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
void TileProducer<Real>::mapTile(const Source& source, const Operator& op, const Tile& tile, double alpha, Real* out,
                                 double* rowSum, double* colSum) {
  const Real* raw = products_.data();
  for (std::size_t i = 0; i < tile.rows; ++i) {
    const std::size_t count = tile.diagonal() ? i : tile.cols;
    rowSum[i] = mapRow(source, op, tile.row + i, tile.col, raw + i * tile.cols, count, alpha, out, colSum);
    out += count;
  }
}

template <class Real>
double TileProducer<Real>::mapRow(const Source& source, const Operator& op, std::size_t i, std::size_t colBegin,
                                  const Real* raw, std::size_t count, double alpha, Real* out, double* colSum) {
  const Loops& loop = loops();
  constexpr bool isFloat = std::is_same<Real, float>::value;
  const RowShift shift{alpha, source.shift[i], source.shift.data() + colBegin};
  if (op.map == MapKind::linear) {
    if constexpr (isFloat) return loop.linearRowF32(raw, count, shift, out, colSum);
    else return loop.linearRowF64(raw, count, shift, out, colSum);
  }
  double* g = row_.grow(count);
  if constexpr (isFloat) loop.innerRowF32(raw, count, shift, g);
  else loop.innerRowF64(raw, count, shift, g);

  if (op.map == MapKind::polynomial) {
    const PolynomialRow row{op.degree, op.base, op.gamma, op.colOffset[i], op.colOffset.data() + colBegin, op.mapScale};
    loop.polynomialRow(g, count, row, polynomial_.grow(4 * count));
  } else {
    const double* norm2 = source.norm2.data();
    if (loop.distanceRow(g, count, norm2[i], norm2 + colBegin, kNear<Real>)) {
      for (std::size_t j = 0; j < count; ++j) {
        if (g[j] > kNear<Real> * (norm2[i] + norm2[colBegin + j])) continue;
        g[j] = source.exactDistance2(i, colBegin + j, pair_);
      }
    }
    if (op.map == MapKind::rbf) loop.rbfRow(g, count, op.rate, op.centre, op.mapScale);
    else loop.laplacianRow(g, count, op.rate, op.centre, op.mapScale);
  }
  if constexpr (isFloat) return loop.emitRowF32(g, count, out, colSum);
  else return loop.emitRowF64(g, count, out, colSum);
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
