// Euclidean distances as a kernel, K = −‖x_i − x_j‖ (conditionally positive definite: HKH is the matrix that distance
// covariance is made of; Székely, Rizzo and Bakirov 2007).
//
// Centring annihilates a_i + a_j + c, so the rows' mean distances m are split off: T = −D + m_i + m_j − m̄. Any m would
// be right, for a and c are part of the table in f64; a mean over a few columns leaves nothing to cancel and costs
// little.
#pragma once

#include "../engine/operator.h"

namespace gramian {

void prepareDistance(const OperatorSpec& spec, const Source& source, Operator& op, const Work* work);

}  // namespace gramian
