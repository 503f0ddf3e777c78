// A block of a matrix's columns, less their means, in f64: what the products of stitching are taken of.
#pragma once

#include <cstddef>

#include "../matrix.h"

namespace gramian {

struct CentredMatrix {
  MatrixView view;
  const double* mean = nullptr;  // one a column: zeros where nothing is to be subtracted
};

// Rows [begin, begin + rows) of the columns [from, from + cols), contiguous in `out`.
void readBlock(const CentredMatrix& matrix, std::size_t begin, std::size_t rows, std::size_t from, std::size_t cols,
               double* out);

double sumOfSquares(const double* values, std::size_t count);

}  // namespace gramian
