#include "distance.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "../blas.h"
#include "../engine/aligned.h"
#include "../error.h"

namespace gramian {

namespace {

// Columns that stand in for all: the means err by an eighth of the spread of the distances, which is what is rounded.
constexpr std::size_t kColumns = 64;
constexpr std::size_t kRows = 256;

}  // namespace

void prepareDistance(const OperatorSpec&, const Source& source, Operator& op, const Work* work) {
  const std::size_t n = source.samples, d = source.features, columns = std::min(n, kColumns);
  std::vector<std::size_t> column(columns);
  Aligned<float> right(columns * d), left(std::min(n, kRows) * d), products(kRows * columns);
  for (std::size_t k = 0; k < columns; ++k) {
    column[k] = n * k / columns;
    source.pack(column[k], 0, d, right.data() + k * d);
  }
  op.offset.assign(n, 0.0);
  for (std::size_t begin = 0; begin < n; begin += kRows) {
    if (work && work->cancelled()) throw Cancelled();
    const std::size_t rows = std::min(kRows, n - begin);
    for (std::size_t i = 0; i < rows; ++i) source.pack(begin + i, 0, d, left.data() + i * d);
    gemm(false, true, rows, columns, d, 1.0f, left.data(), d, right.data(), d, 0.0f, products.data(), columns);
    for (std::size_t i = 0; i < rows; ++i) {
      double sum = 0, count = 0;
      for (std::size_t k = 0; k < columns; ++k) {
        if (column[k] == begin + i) continue;
        const double product = static_cast<double>(products.data()[i * columns + k]);
        sum += std::sqrt(std::max(0.0, source.norm2[begin + i] + source.norm2[column[k]] - 2 * product));
        count += 1;
      }
      // Whatever overflows leaves the distances as they are.
      op.offset[begin + i] = count > 0 && std::isfinite(sum) ? -sum / count : 0;
    }
  }
  double mean = 0;
  for (std::size_t j : column) mean -= op.offset[j] / static_cast<double>(columns);
  op.constant = mean;
  op.scale = std::ldexp(1.0, -source.exponent);
  // The distance of a row to itself is 0 exactly.
  op.diagonal.resize(n);
  for (std::size_t i = 0; i < n; ++i) op.diagonal[i] = -(2 * op.offset[i] + op.constant);
}

}  // namespace gramian
