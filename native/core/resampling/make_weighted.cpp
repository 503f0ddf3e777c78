// Picks the weighted work for a specification: in f32 or f64.
#include "weighted_work.h"

namespace gramian {

std::unique_ptr<Work> makeWeighted(WeightedSpec spec, WeightedOutput output) {
  if (spec.precision == TileType::f32) return std::make_unique<WeightedWork<float>>(std::move(spec), output);
  return std::make_unique<WeightedWork<double>>(std::move(spec), output);
}

}  // namespace gramian
