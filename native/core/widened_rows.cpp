#include "widened_rows.h"

#include <cstdint>

#include "simd/loops.h"

namespace gramian {

const double* widenedRows(const MatrixView& view, std::size_t begin, std::size_t rows, std::size_t from,
                          std::size_t count, Aligned<double>& scratch, std::size_t& stride) {
  if (view.dtype == DType::f64) {
    stride = view.cols;
    return static_cast<const double*>(view.data) + begin * view.cols + from;
  }
  stride = count;
  double* out = scratch.grow(rows * count);
  const std::size_t skipped = from * sizeOf(view.dtype);
  for (std::size_t i = 0; i < rows; ++i) {
    loops().widen(static_cast<const std::uint8_t*>(view.row(begin + i)) + skipped, view.dtype, count, out + i * count);
  }
  return out;
}

}  // namespace gramian
