// The spectrum of a linear kernel from its features, by the cheapest route on which the rank is certain.
#pragma once

#include "../lapack_eigen.h"
#include "features.h"
#include "spectrum.h"

namespace gramian {

// `precise`: small eigenvalues are wanted to many digits, not only relative to the largest. `features.x` is destroyed.
Spectrum featureSpectrum(Features& features, bool centred, bool right, bool precise, const KeepGoing& keepGoing);

}  // namespace gramian
