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

// An output in f32 that is written from its first row to its last by the caller, who asks with `open` before and calls
// `close` for each `count` of all the `rows` from `begin` on, once their leading `rank` columns are there.
void openColumns(const FactorOutput& output, std::size_t rank);
void closeColumns(const FactorOutput& output, std::size_t begin, std::size_t count, std::size_t rows, std::size_t rank);

// Right singular vectors: row k of `right` (rank×columns.size()) becomes column k, at the features named by `columns`.
void writeRight(const FactorOutput& output, std::size_t features, std::size_t rank, const double* right,
                const std::vector<std::uint32_t>& columns);

}  // namespace gramian
