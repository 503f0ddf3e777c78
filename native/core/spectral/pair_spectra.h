// Singular values of M = diag(w_a)·U_aᵀU_b·diag(w_b) for many pairs of orthonormal bases, and what is read off them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "../engine/spec.h"
#include "../matrix.h"
#include "../pool/work.h"

namespace gramian {

struct PairReading {
  enum class What : std::uint8_t {
    values,   // all singular values, falling
    largest,  // the first of them
    logdet,   // −½ log det(I − MMᵀ), +Infinity where a singular value is 1 to rounding or more
    weighted  // Σ α_i σ_i / Σ α_i for the sides a and b; see `loadings`
  };
  What what = What::values;
  // One a basis: how many of its leading columns are used, and the weights of these (null: ones).
  std::vector<std::size_t> counts;
  std::vector<const double*> weights;
  // `weighted`: L_l = U_lᵀX_l, rank×d_l. α_i = Σ_j |(QᵀL)_ij| with Q the singular vectors of M of that side.
  std::vector<MatrixView> loadings;
  // Where answers go: `width` numbers a pair. Of `values`, what a pair has fewer is NaN.
  std::size_t width = 1;
  double* out = nullptr;
};

struct PairSpectraSpec {
  std::vector<MatrixView> bases;  // n×c, f32 all of them or f64
  std::vector<Pair> pairs;
  std::vector<PairReading> readings;
  std::size_t slots = 1;
};

// One pair a unit: one product U_aᵀU_b in the bases' own type, which all readings share.
std::unique_ptr<Work> makePairSpectra(PairSpectraSpec spec);

}  // namespace gramian
