// networkJob: the outputs of a network for all rows, written into the caller's array.
#include <utility>

#include "../boundary/job.h"
#include "../boundary/matrix.h"
#include "../core/network/network_work.h"
#include "../core/pool/pool.h"
#include "bindings.h"
#include "network_layers.h"

namespace gramian {

// networkJob(spec, progress, done)
Napi::Value networkJob(const Napi::CallbackInfo& info) {
  JobRequest request;
  const Fields fields(info[0], "spec");
  NetworkSpec spec;
  spec.features = readMatrix(fields.object("features"), request.pins);
  spec.layers = readLayers(fields, "layers", spec.features.cols, request.pins);
  const std::size_t count = spec.features.rows * outputsOf(spec.layers, spec.features.cols);
  // The array is gramian's own, made for this job to write into.
  spec.out = const_cast<double*>(fields.doubles("out", count, request.pins));
  request.work = makeNetwork(std::move(spec));
  request.slots = fields.size("threads", 1, Pool::maxThreads);
  request.progress = info[1];
  request.done = info[2];
  request.result = [](Napi::Env env) { return env.Undefined(); };
  return startJob(info.Env(), std::move(request));
}

}  // namespace gramian
