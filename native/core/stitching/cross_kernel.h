// A kernel stitcher at work: k(x, x_1 … x_n)·α + b for every row x of new samples.
#pragma once

#include <cstddef>
#include <memory>

#include "../pool/work.h"
#include "column_block.h"

namespace gramian {

struct CrossKernel {
  enum class Kind : std::uint8_t { linear, cosine, polynomial, rbf, laplacian };
  Kind kind = Kind::linear;
  double bandwidth = 1;          // σ of rbf and laplacian
  double gamma = 1, offset = 0;  // polynomial: (γ⟨x,y⟩ + offset)^degree
  unsigned degree = 1;
  // Less its value for two rows that coincide (rbf, laplacian) or are orthogonal (polynomial): to dual coefficients
  // that sum to 0 a constant means nothing, and without it a kernel that varies little keeps its digits.
  bool relative = false;
};

struct CrossKernelSpec {
  CrossKernel kernel;
  // Rows as the kernel sees them: less `mean`, and divided by their norms for the cosine. Distances do not mind the
  // mean, and keep more digits without it.
  CentredMatrix fitted;   // n×d
  CentredMatrix samples;  // m×d, with the same mean
  std::size_t outputs = 0;
  const double* dual = nullptr;  // αᵀ, outputs×n
  const double* bias = nullptr;  // one an output, or null
  double* out = nullptr;         // m×outputs
};

std::unique_ptr<Work> makeCrossKernel(const CrossKernelSpec& spec);

}  // namespace gramian
