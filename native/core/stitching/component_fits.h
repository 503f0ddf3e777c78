// Least squares, ridge, reduced-rank and kernel ridge fits of many targets on a factorised source: everything is a
// weight on each of the source's components, so that a fit costs its products and no factorisation.
//
// With X = U·diag(s)·Vᵀ (s² the eigenvalues η) and C = UᵀY, a fit is W = (V·diag(f)·C)ᵀ, and what it gives on the
// fitted rows U·diag(g)·C: f = s/(η + nλ) and g = η/(η + nλ). For a kernel V = U, and f = 1/(η + nλ) makes the dual
// coefficients.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "../pool/work.h"
#include "column_block.h"

namespace gramian {

struct ComponentSource {
  MatrixView basis;  // U, n×c in f64; the first `rank` columns
  MatrixView right;  // V, d×c in f64; the basis again for a kernel
  std::size_t rank = 0;
  const double* eigenvalues = nullptr;  // `rank` of them: of XᵀX or of K̄, not divided by n
  const double* inputMean = nullptr;    // d: the bias is the target's mean − W·inputMean
  const double* path = nullptr;         // the λ to choose from, or the one
};

// How λ is chosen from the path: by leave-one-out error, by generalised cross-validation (Golub, Heath and Wahba 1979),
// or not at all.
enum class Criterion : std::uint8_t { given, leaveOneOut, gcv };

struct ComponentSpec {
  std::vector<ComponentSource> sources;
  std::vector<CentredMatrix> targets;
  bool kernel = false;
  bool biased = false;  // U is orthogonal to the ones, and a constant is fitted beside it
  Criterion criterion = Criterion::given;
  std::size_t pathLength = 1;
  std::size_t rankLimit = 0;     // 0: none; else the fitted values are cut to this rank
  std::vector<double*> weights;  // one a pair, source by source: d_2×d
  std::vector<double*> biases;   // one a pair: d_2
};

struct ComponentFit {
  std::size_t chosen = 0;  // of the path
  double residual = 0;     // Σ of the squared errors on the fitted rows
};

class ComponentWork : public Work {
 public:
  virtual const std::vector<ComponentFit>& fits() const = 0;
};

std::unique_ptr<ComponentWork> makeComponentFits(ComponentSpec spec);

}  // namespace gramian
