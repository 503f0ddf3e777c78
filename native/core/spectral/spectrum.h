// K̄ = U·diag(λ)·Uᵀ + residual: what the spectral routes find, in scaled units.
#pragma once

#include <cstddef>
#include <vector>

#include "../engine/aligned.h"

namespace gramian {

struct Spectrum {
  std::size_t rank = 0;
  std::vector<double> lambda;  // `rank` of them, falling
  Aligned<double> u;           // n×stride, the first `rank` columns
  std::size_t stride = 0;
  Aligned<double> right;  // rank×d: right singular vectors as rows, where they were asked for
  double trace = 0, residual = 0;
  double least = 0;  // the least eigenvalue where K̄ is indefinite (and nothing else is set but the trace)
  const char* route = "";
};

}  // namespace gramian
