// Picks the work for a specification: Gram space, feature space or minibatch, in f32 or f64 tiles.
#include "feature_work.h"
#include "gram_work.h"
#include "minibatch_work.h"
#include "spec.h"

namespace gramian {

namespace {

template <class Real>
std::unique_ptr<EngineWork> makeFor(EngineSpec spec) {
  if (spec.batch > 0) return std::make_unique<MinibatchWork<Real>>(std::move(spec));
  if (spec.space == Space::feature) return std::make_unique<FeatureWork<Real>>(std::move(spec));
  return std::make_unique<GramWork<Real>>(std::move(spec));
}

}  // namespace

std::unique_ptr<EngineWork> makeEngine(EngineSpec spec) {
  return spec.tile == TileType::f32 ? makeFor<float>(std::move(spec)) : makeFor<double>(std::move(spec));
}

}  // namespace gramian
