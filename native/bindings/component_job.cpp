// componentJob: fits that are weights on the components of a factorised source, for all pairs of sources and targets.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "../boundary/array.h"
#include "../boundary/job.h"
#include "../boundary/matrix.h"
#include "../core/pool/pool.h"
#include "../core/stitching/component_fits.h"
#include "bindings.h"
#include "choose.h"
#include "stitching_sides.h"

namespace gramian {

namespace {

constexpr std::size_t kLongestPath = 10000;

MatrixView readFactor(const Fields& fields, Pins& pins) {
  const MatrixView view = readMatrix(fields, pins);
  if (view.dtype != DType::f64) refuse(fields.nameOf("dtype"), "f64");
  return view;
}

ComponentSource readComponents(const Fields& fields, const ComponentSpec& spec, std::size_t samples, Pins& pins) {
  ComponentSource source;
  source.basis = readFactor(fields.object("basis"), pins);
  if (source.basis.rows != samples) refuse(fields.nameOf("basis.rows"), std::to_string(samples));
  source.right = spec.kernel ? source.basis : readFactor(fields.object("right"), pins);
  const std::size_t room = std::min(source.right.cols, source.basis.cols);
  source.rank = fields.size("rank", 0, std::min(room, samples - (spec.biased ? 1 : 0)));
  source.eigenvalues = fields.doubles("eigenvalues", source.rank, pins);
  for (std::size_t k = 0; k < source.rank; ++k) {
    if (!(source.eigenvalues[k] > 0)) refuse(fields.nameOf("eigenvalues"), "positive numbers");
  }
  if (spec.biased) source.inputMean = fields.doubles("inputMean", source.right.rows, pins);
  source.path = fields.doubles("path", spec.pathLength, pins);
  for (std::size_t l = 0; l < spec.pathLength; ++l) {
    if (!(source.path[l] >= 0)) refuse(fields.nameOf("path"), "numbers of at least 0");
  }
  return source;
}

}  // namespace

// componentJob(spec, progress, done)
Napi::Value componentJob(const Napi::CallbackInfo& info) {
  JobRequest request;
  Pins& pins = request.pins;
  const Fields fields(info[0], "spec");
  ComponentSpec spec;
  spec.kernel = fields.flag("kernel");
  spec.biased = fields.flag("biased");
  spec.criterion = choose<Criterion>(
      fields, "criterion", {{"given", Criterion::given}, {"loo", Criterion::leaveOneOut}, {"gcv", Criterion::gcv}});
  spec.pathLength = fields.size("pathLength", 1, spec.criterion == Criterion::given ? 1 : kLongestPath);
  spec.rankLimit = fields.size("rankLimit", 0, std::size_t(1) << 31);
  const std::size_t samples =
      fields.size("samples", spec.biased && spec.criterion != Criterion::given ? 2 : 1, kMostRows);
  for (const Fields& source : fields.list("sources")) {
    spec.sources.push_back(readComponents(source, spec, samples, pins));
  }
  if (spec.sources.empty()) refuse("spec.sources", "at least one source");
  spec.targets = readSides(fields, "targets", samples, pins);
  std::vector<std::size_t> inputs;
  for (const ComponentSource& source : spec.sources) inputs.push_back(source.right.rows);
  spec.weights = readWeights(fields, inputs, spec.targets, pins);
  if (spec.biased) spec.biases = readBiases(fields, spec.sources.size(), spec.targets, pins);

  request.slots = fields.size("threads", 1, Pool::maxThreads);
  const std::shared_ptr<ComponentWork> work = makeComponentFits(std::move(spec));
  request.work = work;
  request.progress = info[1];
  request.done = info[2];
  request.result = [work](Napi::Env env) -> Napi::Value {
    std::vector<double> chosen, residuals;
    for (const ComponentFit& fit : work->fits()) {
      chosen.push_back(static_cast<double>(fit.chosen));
      residuals.push_back(fit.residual);
    }
    Napi::Object result = Napi::Object::New(env);
    result.Set("chosen", toFloat64Array(env, chosen));
    result.Set("residuals", toFloat64Array(env, residuals));
    return result;
  };
  return startJob(info.Env(), std::move(request));
}

}  // namespace gramian
