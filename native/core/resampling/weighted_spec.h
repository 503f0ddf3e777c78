// Quadratic forms of operators under many weightings of the samples: bootstrap counts, jackknife weights.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "../engine/spec.h"

namespace gramian {

// Which part of K = scale·(T + a_i + a_j + c) is A.
enum class WeightedForm : std::uint8_t {
  conditioned,  // T, its diagonal included
  full,         // T + a_i + a_j + c
  offDiagonal   // T without its diagonal
};

struct WeightedSpec {
  std::vector<SourceSpec> sources;
  std::vector<OperatorSpec> operators;
  std::size_t samples = 0;
  const double* weights = nullptr;  // count×n, none negative
  std::size_t count = 0;
  std::vector<Pair> pairs;
  WeightedForm form = WeightedForm::conditioned;
  TileType precision = TileType::f64;
  std::size_t slots = 1;
};

// Where the answers go; the caller's memory. In units of scale_a·scale_b, and of scale_a.
struct WeightedOutput {
  double* quadratic = nullptr;  // count×pairs: Σ_ij w_i w_j A_a[i,j] A_b[i,j]
  double* rows = nullptr;       // count×pairs: Σ_i w_i (A_a w)_i (A_b w)_i
  double* totals = nullptr;     // count×operators: wᵀ A w
  double* scale = nullptr;      // operators
};

std::unique_ptr<Work> makeWeighted(WeightedSpec spec, WeightedOutput output);

}  // namespace gramian
