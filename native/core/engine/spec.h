// What the engine is asked for, and what it answers: all inner products of operators, tile by tile.
//
// An operator is K = scale·(T + a·1ᵀ + 1·aᵀ + c), T symmetric and *conditioned*: the part a_i + a_j + c, which centring
// annihilates, is split off before anything is rounded, so that centred quantities have nothing left to cancel. The
// engine stacks T with its diagonal left out; the diagonal, `a` and `c` travel in f64 beside it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "../matrix.h"
#include "../pool/work.h"

namespace gramian {

// Where a tile's numbers come from before the entrywise map.
struct SourceSpec {
  enum class Kind : std::uint8_t {
    features,  // inner products of the rows of X
    unitRows,  // inner products of the rows of X divided by their norms
    gram       // the entries of a precomputed n×n Gram matrix
  };
  Kind kind = Kind::features;
  MatrixView view;
  bool rowCentred = false;  // unitRows: each row minus its own mean before it is divided by its norm
  // From Facts, for `features`: d, n and n numbers. Null for the other kinds, which find their own.
  const double* mean = nullptr;
  const double* centredNorm2 = nullptr;
  const double* dotMean = nullptr;
  // features: c, where `dotMean` holds other offsets than ⟨x̃_i, mean⟩ and XXᵀ = T + a_i + a_j + c all the same; below
  // 0: ‖mean‖².
  double constant = -1;
};

enum class MapKind : std::uint8_t {
  linear,
  polynomial,
  rbf,
  laplacian,
  distance,  // −‖x_i − x_j‖
  cosine     // of `features`: ⟨x_i, x_j⟩/(‖x_i‖‖x_j‖) read off the product that the linear kernel has
};

struct OperatorSpec {
  std::size_t source = 0;
  // Operators of one group are paired with each other and with no others (one group a kernel). A group's operators
  // stand together.
  std::size_t group = 0;
  MapKind map = MapKind::linear;
  double bandwidth = 1;          // σ of rbf and laplacian
  double typicalDistance = 1;    // median distance of rbf and laplacian: where the map is linearised
  double gamma = 1, offset = 0;  // polynomial: (γ⟨x,y⟩ + offset)^degree
  unsigned degree = 1;
  bool rowCentred = false;  // cosine: of the rows less their own means (the correlation between rows)
};

enum class Space : std::uint8_t {
  gram,
  feature,
  neighbours  // tiles for the lists of neighbours alone
};
enum class TileType : std::uint8_t { f32, f64 };
enum class StackType : std::uint8_t { f64, f32Flush };  // lanes of the stack kernel

struct Pair {
  std::uint32_t a, b;
};

// For each of these operators, the `count` samples j ≠ i of largest K_ij, for each sample i.
struct NeighbourSpec {
  std::vector<std::uint32_t> operators;
  std::size_t count = 0;
};

struct EngineSpec {
  std::vector<SourceSpec> sources;
  std::vector<OperatorSpec> operators;
  std::size_t samples = 0;
  Space space = Space::gram;
  TileType tile = TileType::f64;
  StackType stack = StackType::f64;
  std::size_t block = 256;           // side of a tile
  std::size_t batch = 0;             // > 0: minibatch, this many samples a batch
  std::vector<std::uint32_t> order;  // a permutation of the samples (minibatch); empty = as they come
  std::vector<Pair> pairs;           // feature space: which pairs are wanted (a ≤ b, self pairs included)
  NeighbourSpec neighbours;          // not of minibatches or in feature space
  std::size_t slots = 1;             // how many units may run at a time
};

// L operators. Matrices are row-major and symmetric.
struct EngineResult {
  std::size_t operators = 0;
  std::vector<double> inner;  // L×L: Σ_{i≠j} T_a[i,j]·T_b[i,j]   (minibatch: empty)
  std::vector<double>
      moments;  // 3L×3L Gram of the n-vectors [r_1…r_L, t_1…t_L, a_1…a_L]: off-diagonal row sums, diagonals, offsets
  std::vector<double> totals;    // 3L: the sums of the same vectors
  std::vector<double> constant;  // L: c
  std::vector<double> scale;     // L
  // Minibatch only, in units of scale_a·scale_b: the mean over batches of HSIC_u, and the standard error of that mean.
  std::vector<double> batchHsic, batchHsicError;
  std::size_t batches = 0;
  // One a listed operator, n×count: best first, of equal values the lower index first; values in the kernel's own
  // units.
  std::vector<std::vector<std::uint32_t>> neighbourIndices;
  std::vector<std::vector<double>> neighbourValues;
};

class EngineWork : public Work {
 public:
  virtual const EngineResult& result() const = 0;
};

std::unique_ptr<EngineWork> makeEngine(EngineSpec spec);

}  // namespace gramian
