// Products of two matrices in memory, by blocks of the result: for bases of eigenvectors, which JavaScript only holds.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "../matrix.h"
#include "../pool/work.h"

namespace gramian {

// out = Lᵀ·R (`transposed`) or L·R, in f64 whatever the types of L and R. Only the columns [leftFrom, leftFrom +
// leftCount) of L and the first `rightCount` of R take part.
struct MatrixProduct {
  MatrixView left, right;
  bool transposed = true;
  std::size_t leftFrom = 0, leftCount = 0, rightCount = 0;
  double* out = nullptr;  // contiguous: leftCount × rightCount, or rows of L × rightCount
};

std::unique_ptr<Work> makeProducts(std::vector<MatrixProduct> products);

}  // namespace gramian
