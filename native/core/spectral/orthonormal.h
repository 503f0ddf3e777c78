// Nearly orthonormal columns made orthonormal to rounding.
#pragma once

#include <cstddef>

#include "../lapack_eigen.h"

namespace gramian {

// For `u` rows×cols, contiguous. Each column is changed by the columns before it only, and keeps its direction.
void orthonormalise(std::size_t rows, std::size_t cols, double* u, const KeepGoing& keepGoing);

}  // namespace gramian
