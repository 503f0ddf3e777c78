// What one pass over a representation finds out: is it finite, what is constant or zero, where its mean and its norms
// are.
#pragma once

#include <cstddef>
#include <vector>

#include "matrix.h"
#include "pool/work.h"

namespace gramian {

struct Facts {
  std::size_t nonFinite = 0;                          // count of NaN and ±Infinity entries
  std::size_t nonFiniteRow = 0, nonFiniteColumn = 0;  // the first of them, when there is one

  // The rest is meaningful only when nonFinite is 0.
  std::vector<double> mean;          // d column means in f64; of a constant column, exactly its value
  std::vector<double> centredNorm2;  // n: ‖x_i − μ‖²
  std::vector<double> dotMean;       // n: ⟨x_i − μ, μ⟩
  std::vector<double> rowMean;       // n: the mean of the entries of x_i − μ
  double meanNorm2 = 0;              // ‖μ‖²
  double scatter = 0;                // Σ_i ‖x_i − μ‖²
  double maxAbs = 0;
  std::vector<std::size_t> constantColumns;
  std::vector<std::size_t> zeroRows;
};

// `work` is asked once a row whether to go on; without one nothing can stop it.
Facts findFacts(const MatrixView& view, const Work* work = nullptr);

}  // namespace gramian
