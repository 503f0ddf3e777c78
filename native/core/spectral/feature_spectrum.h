// The spectrum of a linear kernel from its features, by the cheapest route on which the rank is certain.
#pragma once

#include <cstdint>

#include "../lapack_eigen.h"
#include "features.h"
#include "spectrum.h"

namespace gramian {

// How well small eigenvalues have to be known: relative to the largest; to ten digits of their own; or as an SVD of the
// features finds them, so that what is divided by their roots keeps its digits.
enum class Digits : std::uint8_t { few, ten, all };

// `features.x` is destroyed.
Spectrum featureSpectrum(Features& features, bool centred, bool right, Digits digits, const KeepGoing& keepGoing);

}  // namespace gramian
