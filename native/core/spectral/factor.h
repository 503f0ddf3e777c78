// One factorisation of a centred (or plain) kernel matrix K̄ per request, and everything that is read off it: an
// orthonormal basis, the projector, the ridge hat matrix, the right singular vectors, the spectrum.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "../engine/spec.h"
#include "../matrix.h"
#include "../pool/work.h"

namespace gramian {

struct FactorOutput {
  enum class Kind : std::uint8_t {
    basis,      // U: orthonormal eigenvectors of K̄, in the order of falling eigenvalues
    projector,  // W with W·Wᵀ = U·Uᵀ, WᵀW = I
    ridge,      // W with W·Wᵀ = K̄·(K̄ + nκI)⁻¹
    explained,  // W with I − W·Wᵀ = (I − P)², P = K̄·(K̄ + nκI)⁻¹
    right,      // V: right singular vectors of the (centred) features
    solver      // M with W = X·M for the projector's W, X the (centred) features; beside projectors only
  };
  Kind kind = Kind::projector;
  double kappa = 0;      // ridge and explained, in true units
  void* data = nullptr;  // n×cols (right, solver: d×cols), row-major, f32 or f64; columns from the rank on become zeros
  DType dtype = DType::f64;
  std::size_t cols = 0;
  double* leverages = nullptr;  // n squared row norms of what was written, or null
  double* means = nullptr;      // `cols` means of the columns of what was written, or null
  // projector, explained: n entries of (I − W·Wᵀ)·1, W before it was rounded to f32; or null. See ones_residual.h.
  double* onesResidual = nullptr;
};

struct FactorRequest {
  SourceSpec source;
  OperatorSpec map;         // `source` and `group` are not read
  bool centred = true;      // K̄ = HKH, or K itself
  double tolerance = 0;     // kernels that are not linear: the share of the trace that may be left out
  bool eigenvalues = true;  // whether the spectrum is wanted
  bool accurate = false;    // linear kernels of features: all as accurate as from an SVD of the features themselves
  std::vector<FactorOutput> outputs;
};

struct FactorResult {
  std::size_t rank = 0;
  std::vector<double> eigenvalues;  // of K̄, falling, in true units; `rank` of them, or none
  double trace = 0, residual = 0;   // of K̄, and what of it was left out; true units
  // The least eigenvalue, in true units, where K̄ is not positive semidefinite (nothing is written then); else 0.
  double indefinite = 0;
  const char* route = "";
};

class FactorWork : public Work {
 public:
  virtual const std::vector<FactorResult>& results() const = 0;
};

std::unique_ptr<FactorWork> makeFactors(std::vector<FactorRequest> requests);

}  // namespace gramian
