// stitchedRiskJob: the risk of a network behind a linear map, and its gradient in the map.
#include <climits>
#include <memory>
#include <utility>

#include "../boundary/job.h"
#include "../boundary/matrix.h"
#include "../core/network/network_work.h"
#include "../core/pool/pool.h"
#include "bindings.h"
#include "network_layers.h"

namespace gramian {

// stitchedRiskJob(spec, progress, done)
Napi::Value stitchedRiskJob(const Napi::CallbackInfo& info) {
  JobRequest request;
  const Fields fields(info[0], "spec");
  StitchedRiskSpec spec;
  spec.features = readMatrix(fields.object("features"), request.pins);
  spec.targets = readMatrix(fields.object("targets"), request.pins);
  if (spec.targets.rows != spec.features.rows) {
    refuse(fields.nameOf("targets.rows"), std::to_string(spec.features.rows));
  }
  const std::size_t inputs = spec.features.cols, outputs = fields.size("outputs", 1, INT_MAX);
  spec.stitcher = readLinear(fields, inputs, outputs, request.pins);
  if (fields.has("offsets")) {
    spec.offsets = readMatrix(fields.object("offsets"), request.pins);
    if (spec.offsets.rows != spec.features.rows || spec.offsets.cols != outputs) {
      refuse(fields.nameOf("offsets"), std::to_string(spec.features.rows) + "×" + std::to_string(outputs) + " numbers");
    }
  }
  spec.layers = readLayers(fields, "layers", outputs, request.pins);
  const std::size_t given = outputsOf(spec.layers, outputs);
  if (spec.targets.cols != given) refuse(fields.nameOf("targets.cols"), std::to_string(given));
  // The arrays are gramian's own, made for this job to write into.
  if (fields.has("weightGradient")) {
    spec.weightGradient = const_cast<double*>(fields.doubles("weightGradient", outputs * inputs, request.pins));
    if (fields.has("biasGradient")) {
      spec.biasGradient = const_cast<double*>(fields.doubles("biasGradient", outputs, request.pins));
    }
  }
  const std::shared_ptr<StitchedRiskWork> work = makeStitchedRisk(std::move(spec));
  request.work = work;
  request.slots = fields.size("threads", 1, Pool::maxThreads);
  request.progress = info[1];
  request.done = info[2];
  request.result = [work](Napi::Env env) { return Napi::Number::New(env, work->risk()); };
  return startJob(info.Env(), std::move(request));
}

}  // namespace gramian
