// What an uncentred hat matrix leaves of the vector of ones. Where the rows of features lie far from 0 the ones are all
// but explained by them, and n − 1ᵀP1 would have no digit left: so the residual is formed itself.
#pragma once

#include <cstddef>
#include <vector>

#include "features.h"
#include "spectrum.h"

namespace gramian {

// (I − P)²·1 for P = U·diag(η)·Uᵀ, n numbers into `out`; `left` are the 1 − η, empty for a projector. The entries sum
// to ‖(I − P)1‖², which is exact to their own rounding: what they sum to before is only exact to that of 1.
void onesResidual(const Spectrum& found, std::size_t n, const std::vector<double>& left, double* out);

// The same for the projector on the columns of X, from L with XᵀX = L·Lᵀ.
void onesResidual(const Features& features, const double* factor, double* out);

}  // namespace gramian
