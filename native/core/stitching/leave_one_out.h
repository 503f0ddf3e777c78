// Exact leave-one-out errors of ridge fits along a path of λ, from one factorisation: without row i the fit errs there
// by e_i/(1 − h_i), e the residual and h the leverage of the fit on all rows, where the penalty nλ on the *sum* of
// squared errors stays what it is (Allen 1974; Golub, Heath and Wahba 1979).
#pragma once

#include <cstddef>
#include <vector>

#include "../engine/aligned.h"
#include "../lapack_eigen.h"

namespace gramian {

// U with its eigenvalues.
struct Components {
  const double* basis;
  std::size_t stride, samples, rank;
  const double* eigenvalues;

  const double* row(std::size_t i) const { return basis + i * stride; }
};

// 1 − h_i for every λ: n×path. `added` are the nλ > 0; `biased`: a constant is fitted as well.
Aligned<double> remainingShares(const Components& components, const std::vector<double>& added, bool biased,
                                const KeepGoing& keepGoing);

// Cᵀ = YᵀU, cols×rank.
struct Coefficients {
  const double* c;
  std::size_t cols;
};

// Σ_i ‖e_i‖²/(1 − h_i)² for every λ. `left` is Y − U·C, n×cols.
std::vector<double> leaveOneOutErrors(const Components& components, const std::vector<double>& added,
                                      const Aligned<double>& remaining, const Coefficients& of, const double* left,
                                      const KeepGoing& keepGoing);

}  // namespace gramian
