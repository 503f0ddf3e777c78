// QR of a tall matrix by two passes of Cholesky: as accurate as by reflections, several times faster, and stoppable.
#pragma once

#include <cstddef>

#include "../lapack_eigen.h"

namespace gramian {

// A = Q·R for A m×n with m ≥ n, contiguous: `r` (n×n, upper, zeros below), and `a` becomes Q. False, and `a` is left
// alone, where the columns of A are too close to dependent. Yamamoto, Nakatsukasa, Yanagisawa and Fukaya 2015: up to a
// condition of about 10⁷ the second pass leaves ‖QᵀQ − I‖ and ‖A − QR‖/‖A‖ at rounding.
bool choleskyQr(std::size_t m, std::size_t n, double* a, double* r, const KeepGoing& keepGoing);

}  // namespace gramian
