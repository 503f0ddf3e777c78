// An operator made ready: its entrywise map in the source's scaled units, its diagonal, its offsets.
#pragma once

#include <cstddef>
#include <vector>

#include "source.h"
#include "spec.h"

namespace gramian {

// K = scale·(T + a_i + a_j + c); see spec.h.
struct Operator {
  std::size_t source = 0, group = 0;
  MapKind map = MapKind::linear;
  double rate = 0, centre = 0;  // rbf, laplacian: T = expm1(centre − D²·rate), or with D
  unsigned degree = 1;          // polynomial: see PolynomialRow
  double base = 0, gamma = 0, mapScale = 1;
  std::vector<double> colOffset;       // polynomial: α_i
  std::vector<double> length;          // cosine: ‖x_i‖ in the features' own units
  std::vector<double> weight, excess;  // cosine: 1/‖x_i‖ in scaled units, and what of it is beyond ω
  std::vector<double> along, lift;  // cosine: ⟨y_i, μ⟩; of centred rows √d times the mean of y_i's entries, else empty
  double meanNorm2 = 0;             // cosine: ‖μ‖²
  std::vector<double> diagonal;     // t_i
  std::vector<double> offset;       // a_i; empty when all 0
  double constant = 0;              // c
  double scale = 1;
};

// `work`, where there is one, is asked whether to go on.
Operator prepareOperator(const OperatorSpec& spec, const Source& source, const Work* work = nullptr);

}  // namespace gramian
