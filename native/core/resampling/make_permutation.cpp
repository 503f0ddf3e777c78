// Picks the permutation work for a specification: in f32 or f64.
#include "permutation_work.h"

namespace gramian {

std::unique_ptr<Work> makePermutation(PermutationSpec spec, PermutationOutput output) {
  if (spec.precision == TileType::f32) return std::make_unique<PermutationWork<float>>(std::move(spec), output);
  return std::make_unique<PermutationWork<double>>(std::move(spec), output);
}

}  // namespace gramian
