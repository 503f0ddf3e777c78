// The spectrum of an n×n kernel matrix: by pivoted Cholesky where its rank is small, else all of it.
#pragma once

#include "../lapack_eigen.h"
#include "operator_matrix.h"
#include "spectrum.h"

namespace gramian {

// `matrix` is destroyed. Eigenvalues below −10⁻¹⁰ of the largest, and below what rounding explains, make it
// indefinite (Spectrum::least).
Spectrum kernelSpectrum(OperatorMatrix& matrix, std::size_t samples, double tolerance, const KeepGoing& keepGoing);

}  // namespace gramian
