// matchingJob: orthogonal and permutation stitchers of all pairs of sources and targets.
#include <memory>
#include <utility>
#include <vector>

#include "../boundary/array.h"
#include "../boundary/job.h"
#include "../core/pool/pool.h"
#include "../core/stitching/matching_fits.h"
#include "bindings.h"
#include "choose.h"
#include "stitching_sides.h"

namespace gramian {

// matchingJob(spec, progress, done)
Napi::Value matchingJob(const Napi::CallbackInfo& info) {
  using Kind = MatchingSpec::Kind;
  JobRequest request;
  const Fields fields(info[0], "spec");
  MatchingSpec spec;
  spec.kind = choose<Kind>(fields, "kind", {{"orthogonal", Kind::orthogonal}, {"permutation", Kind::permutation}});
  spec.scaled = fields.flag("scaled");
  const std::size_t samples = fields.size("samples", 1, kMostRows);
  spec.sources = readSides(fields, "sources", samples, request.pins);
  spec.targets = readSides(fields, "targets", samples, request.pins);
  std::vector<std::size_t> inputs;
  for (const CentredMatrix& source : spec.sources) inputs.push_back(source.view.cols);
  spec.weights = readWeights(fields, inputs, spec.targets, request.pins);

  request.slots = fields.size("threads", 1, Pool::maxThreads);
  const std::shared_ptr<MatchingWork> work = makeMatchingFits(std::move(spec));
  request.work = work;
  request.progress = info[1];
  request.done = info[2];
  request.result = [work](Napi::Env env) -> Napi::Value { return toFloat64Array(env, work->residuals()); };
  return startJob(info.Env(), std::move(request));
}

}  // namespace gramian
