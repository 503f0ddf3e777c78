// An orthonormal factor of features and the map that makes it, without any singular value: what least squares needs.
#pragma once

#include <vector>

#include "factor.h"
#include "features.h"

namespace gramian {

// Writes the outputs (`projector` and `solver` only) of features whose columns are independent beyond doubt, at most as
// many as `mostRank`, and destroys the features; else leaves them alone and returns false.
bool solverFactor(Features& features, std::size_t mostRank, const std::vector<FactorOutput>& outputs,
                  const KeepGoing& keepGoing);

}  // namespace gramian
