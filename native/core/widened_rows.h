// Rows of a matrix of any element type as f64.
#pragma once

#include <cstddef>

#include "engine/aligned.h"
#include "matrix.h"

namespace gramian {

// `rows` rows from `begin` on, their columns [from, from + count), `stride` numbers apart: where they lie, or widened
// into `scratch`.
const double* widenedRows(const MatrixView& view, std::size_t begin, std::size_t rows, std::size_t from,
                          std::size_t count, Aligned<double>& scratch, std::size_t& stride);

}  // namespace gramian
