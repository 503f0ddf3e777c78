// weightedJob: quadratic forms of operators under many weightings of the samples.
#include <memory>
#include <utility>

#include "../boundary/array.h"
#include "../boundary/job.h"
#include "../boundary/output.h"
#include "../core/resampling/weighted_spec.h"
#include "bindings.h"
#include "choose.h"
#include "resampling_spec.h"

namespace gramian {

namespace {

WeightedSpec readSpec(const Fields& fields, Pins& pins) {
  WeightedSpec spec;
  spec.samples = fields.size("samples", 1, kMostResampled);
  spec.sources = readSources(fields, spec.samples, pins);
  spec.operators = readOperators(fields, spec.sources);
  if (spec.operators.empty()) refuse(fields.nameOf("operators"), "at least one operator");
  spec.pairs = readOrderedPairs(fields, spec.operators.size());
  spec.count = lengthOf(fields.get("weights"), napi_float64_array) / spec.samples;
  // What is in them is looked at by the threads that use them.
  spec.weights = fields.doubles("weights", spec.count * spec.samples, pins);
  spec.form = choose<WeightedForm>(fields, "form",
                                   {{"conditioned", WeightedForm::conditioned},
                                    {"full", WeightedForm::full},
                                    {"off-diagonal", WeightedForm::offDiagonal}});
  spec.precision = readPrecision(fields);
  spec.slots = readThreads(fields);
  return spec;
}

}  // namespace

// weightedJob(spec, progress, done)
Napi::Value weightedJob(const Napi::CallbackInfo& info) {
  JobRequest request;
  WeightedSpec spec = readSpec(Fields(info[0], "spec"), request.pins);
  const auto output = std::make_shared<Output>();
  WeightedOutput out;
  out.quadratic = output->add(info.Env(), "quadratic", spec.count * spec.pairs.size());
  out.rows = output->add(info.Env(), "rows", spec.count * spec.pairs.size());
  out.totals = output->add(info.Env(), "totals", spec.count * spec.operators.size());
  out.scale = output->add(info.Env(), "scale", spec.operators.size());
  request.slots = spec.slots;
  request.work = makeWeighted(std::move(spec), out);
  request.progress = info[1];
  request.done = info[2];
  request.result = [output](Napi::Env env) { return output->toObject(env); };
  return startJob(info.Env(), std::move(request));
}

}  // namespace gramian
