// The median distance by way of f32 products: they say between which bounds every distance lies, so that all but a few
// pairs are known to be on one side of the median, and only those few are computed in f64.
#pragma once

#include <optional>

#include "bandwidth.h"

namespace gramian {

// The median of `median` in bandwidth.h, or nothing where too many pairs are too near to it (ties) or numbers too
// large.
std::optional<double> bracketedMedian(const MedianRequest& request, const Work& work);

}  // namespace gramian
