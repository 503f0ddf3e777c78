// Products with tall matrices, strip by strip of their rows, so that a long one can be stopped.
#pragma once

#include <algorithm>
#include <cstddef>

#include "../blas.h"
#include "../lapack_eigen.h"

namespace gramian {

// Calls body(first row, rows) for strips that take a few milliseconds at `flopsPerRow`.
template <class Body>
void forStrips(std::size_t rows, double flopsPerRow, const KeepGoing& keepGoing, Body body) {
  constexpr double kFlops = 2e8;
  const auto strip = static_cast<std::size_t>(std::max(64.0, kFlops / std::max(1.0, flopsPerRow)));
  for (std::size_t begin = 0; begin < rows; begin += strip) {
    if (keepGoing) keepGoing();
    body(begin, std::min(strip, rows - begin));
  }
}

// The lower triangle of AᵀA for A rows×cols, contiguous.
inline void gramOfColumns(std::size_t rows, std::size_t cols, const double* a, double* gram,
                          const KeepGoing& keepGoing) {
  forStrips(rows, static_cast<double>(cols * cols), keepGoing, [&](std::size_t begin, std::size_t count) {
    syrkLowerOfColumns(cols, count, 1.0, a + begin * cols, cols, begin == 0 ? 0.0 : 1.0, gram, cols);
  });
}

// out = A·Bᵀ for A rows×inner and B cols×inner, contiguous.
inline void timesTransposed(std::size_t rows, std::size_t cols, std::size_t inner, const double* a, const double* b,
                            double* out, const KeepGoing& keepGoing) {
  forStrips(rows, 2.0 * static_cast<double>(cols * inner), keepGoing, [&](std::size_t begin, std::size_t count) {
    gemm(false, true, count, cols, inner, 1.0, a + begin * inner, inner, b, inner, 0.0, out + begin * cols, cols);
  });
}

// B becomes B·L⁻ᵀ for B rows×cols and L cols×cols lower, contiguous.
inline void solveTransposed(std::size_t rows, std::size_t cols, const double* l, double* b,
                            const KeepGoing& keepGoing) {
  forStrips(rows, static_cast<double>(cols * cols), keepGoing, [&](std::size_t begin, std::size_t count) {
    solveLowerRight(true, count, cols, l, cols, b + begin * cols, cols);
  });
}

}  // namespace gramian
