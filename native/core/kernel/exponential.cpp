#include "exponential.h"

#include <algorithm>
#include <cmath>

namespace gramian {

namespace {

// e^(u₀) must leave room for its square in an f32 tile; what lies below e^(−80) beside a diagonal of ones is nothing to
// any metric.
constexpr double kLargestCentre = 80;

// T is brought near 1 for wide bandwidths, where it is about u₀, so that f32 squares stay normal numbers; below this a
// kernel is constant.
constexpr double kSmallestCentre = 1e-60;

}  // namespace

void prepareExponential(const OperatorSpec& spec, const Source& source, Operator& op) {
  const double unit = std::ldexp(1.0, -source.exponent);  // one scaled length in the features' own
  if (spec.map == MapKind::rbf) {
    op.rate = unit * unit / (2 * spec.bandwidth * spec.bandwidth);
    const double typical = spec.typicalDistance / spec.bandwidth;
    op.centre = typical * typical / 2;
  } else {
    op.rate = unit / spec.bandwidth;
    op.centre = spec.typicalDistance / spec.bandwidth;
  }
  op.centre = std::clamp(op.centre, kSmallestCentre, kLargestCentre);
  op.mapScale = op.centre < 1 ? std::ldexp(1.0, -static_cast<int>(std::floor(std::log2(op.centre)))) : 1;
  op.scale = std::exp(-op.centre) / op.mapScale;
  op.constant = op.mapScale;
  op.diagonal.assign(source.samples, std::expm1(op.centre) * op.mapScale);
}

}  // namespace gramian
