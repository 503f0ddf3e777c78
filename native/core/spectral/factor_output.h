// What a factorisation is asked for, written into the caller's arrays.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "../lapack_eigen.h"
#include "factor.h"

namespace gramian {

// The leading `rank` columns of `w` (rows×stride), each times its factor (empty: 1); zeros beyond, and leverages.
void writeColumns(const FactorOutput& output, std::size_t rows, std::size_t rank, const double* w, std::size_t stride,
                  const std::vector<double>& factors, const KeepGoing& keepGoing);

// The same from f32 into f32, without factors.
void writeColumns(const FactorOutput& output, std::size_t rows, std::size_t rank, const float* w, std::size_t stride,
                  const KeepGoing& keepGoing);

// Right singular vectors: row k of `right` (rank×columns.size()) becomes column k, at the features named by `columns`.
void writeRight(const FactorOutput& output, std::size_t features, std::size_t rank, const double* right,
                const std::vector<std::uint32_t>& columns);

}  // namespace gramian
