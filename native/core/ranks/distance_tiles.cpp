#include "distance_tiles.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

#include "../blas.h"
#include "../simd/loops.h"

namespace gramian {

namespace {

// As in the engine: squared distances below this share of the two norms have lost too many digits.
template <class Real>
constexpr double kNear = std::is_same<Real, float>::value ? 0x1p-10 : 0x1p-20;

// A product of a tile takes a few milliseconds at most, so that a cancelled job ends soon.
constexpr std::size_t kMostFlops = std::size_t(1) << 26;

}  // namespace

template <class Real>
std::size_t DistanceTiles<Real>::block(std::size_t features) {
  std::size_t side = 256;
  while (side > 16 && side * side * features > kMostFlops) side /= 2;
  return side;
}

template <class Real>
void DistanceTiles<Real>::panel(std::size_t begin, std::size_t count, Aligned<Real>& scratch,
                                std::vector<double>& norm2) const {
  const std::size_t d = source_->features;
  Real* out = scratch.grow(count * d);
  norm2.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = (*rows_)[begin + i];
    source_->pack(at, 0, d, out + i * d);
    norm2[i] = source_->norm2[at];
  }
}

template <class Real>
void DistanceTiles<Real>::products(const Tile& tile) {
  const std::size_t d = source_->features;
  Real* out = products_.grow(tile.rows * tile.cols);
  row_.grow(tile.cols);
  zero_.resize(tile.cols, 0.0);
  panel(tile.row, tile.rows, left_, leftNorm2_);
  if (tile.diagonal()) {
    rightNorm2_ = leftNorm2_;
    syrkLower(tile.rows, d, Real(1), left_.data(), d, Real(0), out, tile.cols);
    return;
  }
  panel(tile.col, tile.cols, right_, rightNorm2_);
  gemm(false, true, tile.rows, tile.cols, d, Real(1), left_.data(), d, right_.data(), d, Real(0), out, tile.cols);
}

template <class Real>
double* DistanceTiles<Real>::row(const Tile& tile, std::size_t i, std::size_t count) {
  const Loops& loop = loops();
  const Real* raw = products_.data() + i * tile.cols;
  double* d2 = row_.data();
  const RowShift shift{1, 0, zero_.data()};
  if constexpr (std::is_same<Real, float>::value) loop.innerRowF32(raw, count, shift, d2);
  else loop.innerRowF64(raw, count, shift, d2);
  const double own = leftNorm2_[i];
  const double* others = rightNorm2_.data();
  if (loop.distanceRow(d2, count, own, others, kNear<Real>)) {
    for (std::size_t j = 0; j < count; ++j) {
      if (d2[j] > kNear<Real> * (own + others[j])) continue;
      d2[j] = source_->exactDistance2((*rows_)[tile.row + i], (*rows_)[tile.col + j], pair_);
    }
  }
  for (std::size_t j = 0; j < count; ++j) {
    // What overflowed is far, and comparable.
    if (!std::isfinite(d2[j])) d2[j] = std::numeric_limits<double>::max();
  }
  return d2;
}

template class DistanceTiles<float>;
template class DistanceTiles<double>;

}  // namespace gramian
