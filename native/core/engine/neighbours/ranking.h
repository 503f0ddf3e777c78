// What the neighbours of a sample are ranked by, and how far a tile's values may be off it.
//
// Ranked is by a number V_ij that rises with the kernel; operators of one source that agree on it share a ranking (RBF,
// Laplacian and distance all rank by −D²). A tile knows v_ij, and V_ij ≤ unit·(v_ij + slack_i·slack_j + offset_j +
// base_i) for sure: the bound by which candidates are kept, so that none is lost to the tile's rounding.
#pragma once

#include <cstddef>
#include <vector>

#include "../operator.h"
#include "../source.h"

namespace gramian {

struct Ranking {
  enum class Kind : std::uint8_t {
    product,     // V = ⟨x_i, x_j⟩
    distance,    // V = −‖x_i − x_j‖²
    cosine,      // V = ⟨x_i, x_j⟩/(‖x_i‖‖x_j‖), features only
    polynomial,  // V = γ⟨x_i, x_j⟩ + offset where that cannot be ranked by the product itself; its absolute value where
                 // the degree is even
    gram         // V = K_ij
  };
  Kind kind = Kind::product;
  std::size_t source = 0;
  std::size_t op = 0;  // the first operator that is ranked by it

  // Found by prepareRanking.
  std::vector<double> slack, offset, base;
  double unit = 1;
};

// Which kind the operator wants.
Ranking::Kind rankingKind(const OperatorSpec& op, const SourceSpec& source);

void prepareRanking(Ranking& ranking, const Source& source, const Operator& op, TileType tile);

// The kernel's value, in its own units, of a pair that is ranked by `v`.
double kernelValue(const OperatorSpec& op, Ranking::Kind kind, double v);

}  // namespace gramian
