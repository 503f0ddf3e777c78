// engineJob: reads the specification of a comparison, and writes the table that comes of it.
#include <cstdint>
#include <memory>
#include <utility>

#include "../boundary/array.h"
#include "../boundary/job.h"
#include "../core/engine/spec.h"
#include "bindings.h"
#include "engine_spec.h"

namespace gramian {

namespace {

Napi::Value toObject(Napi::Env env, const EngineResult& found) {
  Napi::Object result = Napi::Object::New(env);
  result.Set("operators", static_cast<double>(found.operators));
  result.Set("inner", toFloat64Array(env, found.inner));
  result.Set("moments", toFloat64Array(env, found.moments));
  result.Set("totals", toFloat64Array(env, found.totals));
  result.Set("constant", toFloat64Array(env, found.constant));
  result.Set("scale", toFloat64Array(env, found.scale));
  result.Set("batchHsic", toFloat64Array(env, found.batchHsic));
  result.Set("batchHsicError", toFloat64Array(env, found.batchHsicError));
  result.Set("batches", static_cast<double>(found.batches));
  Napi::Array indices = Napi::Array::New(env), values = Napi::Array::New(env);
  for (std::uint32_t k = 0; k < found.neighbourIndices.size(); ++k) {
    indices.Set(k, toUint32Array(env, found.neighbourIndices[k]));
    values.Set(k, toFloat64Array(env, found.neighbourValues[k]));
  }
  result.Set("neighbourIndices", indices);
  result.Set("neighbourValues", values);
  return result;
}

}  // namespace

// engineJob(spec, progress, done)
Napi::Value engineJob(const Napi::CallbackInfo& info) {
  JobRequest request;
  EngineSpec spec = readEngineSpec(Fields(info[0], "spec"), request.pins);
  request.slots = spec.slots;
  const std::shared_ptr<EngineWork> work = makeEngine(std::move(spec));
  request.work = work;
  request.progress = info[1];
  request.done = info[2];
  request.result = [work](Napi::Env env) { return toObject(env, work->result()); };
  return startJob(info.Env(), std::move(request));
}

}  // namespace gramian
