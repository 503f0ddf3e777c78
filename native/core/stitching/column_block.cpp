#include "column_block.h"

#include <cstdint>

#include "../simd/loops.h"

namespace gramian {

void readBlock(const CentredMatrix& matrix, std::size_t begin, std::size_t rows, std::size_t from, std::size_t cols,
               double* out) {
  const MatrixView& view = matrix.view;
  const std::size_t skipped = from * sizeOf(view.dtype);
  for (std::size_t i = 0; i < rows; ++i) {
    const void* row = static_cast<const std::uint8_t*>(view.row(begin + i)) + skipped;
    loops().packF64(row, view.dtype, cols, matrix.mean + from, 1.0, out + i * cols);
  }
}

double sumOfSquares(const double* values, std::size_t count) {
  // Four sums: the processor adds them side by side.
  double sums[4] = {0, 0, 0, 0};
  std::size_t k = 0;
  for (; k + 4 <= count; k += 4) {
    for (std::size_t lane = 0; lane < 4; ++lane) sums[lane] += values[k + lane] * values[k + lane];
  }
  for (; k < count; ++k) sums[0] += values[k] * values[k];
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

}  // namespace gramian
