// Polynomial kernel (γ⟨x,y⟩ + offset)^p, conditioned so that neither large means nor large offsets cancel.
//
// With ⟨x_i,x_j⟩ = g + a_i + a_j + ‖μ‖² (g the centred inner product), α = γa, β = γ‖μ‖² + offset and f(x) = (β + x)^p,
// K_ij = f(α_i + α_j + γg) and T = K − f(α_i) − f(α_j) + f(0): what is split off is of the form that centring
// annihilates.
#pragma once

#include "../engine/operator.h"

namespace gramian {

void preparePolynomial(const OperatorSpec& spec, const Source& source, Operator& op);

}  // namespace gramian
