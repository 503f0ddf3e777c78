// The cosine kernel ⟨x_i, x_j⟩/(‖x_i‖‖x_j‖) of features whose centred products are at hand.
//
// With y = x − μ, w = 1/‖x‖ and ω the number for which ωμ is nearest to the unit rows w·x, T_ij = ⟨w_i·x_i − ωμ,
// w_j·x_j − ωμ⟩ = ⟨w_i·y_i + e_i·μ, w_j·y_j + e_j·μ⟩, e = w − ω: no term is much larger than T unless the rows' lengths
// differ much more than their directions. Where they do, a source of unit rows serves better; the façade chooses.
//
// With `rowCentred` the rows are x less the mean of their own entries, and μ less its mean: ⟨Py_i, Py_j⟩ = ⟨y_i, y_j⟩ −
// d·m_i·m_j with m the means of y's entries, so the same products serve the correlation between rows.
#pragma once

#include "../engine/operator.h"

namespace gramian {

void prepareCosine(const OperatorSpec& spec, const Source& source, Operator& op, const Work* work);

}  // namespace gramian
