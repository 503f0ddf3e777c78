// RBF exp(−D²/(2σ²)) and Laplacian exp(−D/σ), both e^(−u) with u linear in D² or D.
//
// With u₀ the value at the typical distance, e^(−u) = e^(−u₀)·(1 + expm1(u₀ − u)): T = expm1(u₀ − u), c = 1, scale
// e^(−u₀). Nothing cancels whatever the bandwidth: a wide one leaves T ≈ u₀ − u, a narrow one keeps the relative
// precision of tiny entries.
#pragma once

#include "../engine/operator.h"

namespace gramian {

void prepareExponential(const OperatorSpec& spec, const Source& source, Operator& op);

}  // namespace gramian
