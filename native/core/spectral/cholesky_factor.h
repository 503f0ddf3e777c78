// Projectors and ridge hat matrices of linear kernels without any eigenvalue: Cholesky of the d×d covariance.
#pragma once

#include <vector>

#include "../lapack_eigen.h"
#include "factor.h"
#include "features.h"

namespace gramian {

// Writes the outputs (`projector` and `ridge` only) of features with at least as many rows as columns, when the columns
// are independent beyond doubt; else writes nothing and returns false.
bool choleskyFactor(const Features& features, const std::vector<FactorOutput>& outputs, const KeepGoing& keepGoing);

}  // namespace gramian
