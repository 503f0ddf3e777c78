// factorJob: factorises kernel matrices, and writes what is asked of them into the caller's arrays.
#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "../boundary/array.h"
#include "../boundary/job.h"
#include "../boundary/matrix.h"
#include "../core/pool/pool.h"
#include "../core/spectral/factor.h"
#include "bindings.h"
#include "choose.h"
#include "engine_spec.h"

namespace gramian {

namespace {

using Kind = FactorOutput::Kind;

// A kernel matrix is n×n: more samples than this fit in no memory.
constexpr std::size_t kMostSamples = std::size_t(1) << 20;

FactorOutput readOutput(const Fields& fields, const SourceSpec& source, bool linear, Pins& pins) {
  FactorOutput output;
  output.kind = choose<Kind>(fields, "kind",
                             {{"basis", Kind::basis},
                              {"projector", Kind::projector},
                              {"ridge", Kind::ridge},
                              {"explained", Kind::explained},
                              {"right", Kind::right},
                              {"solver", Kind::solver}});
  const bool right = output.kind == Kind::right || output.kind == Kind::solver;
  if (right && !linear) refuse(fields.nameOf("kind"), "right or solver for a linear kernel of features only");
  const bool regularised = output.kind == Kind::ridge || output.kind == Kind::explained;
  if (regularised) {
    output.kappa = fields.number("kappa", 0);
    if (!(output.kappa > 0)) refuse(fields.nameOf("kappa"), "a positive number");
  }
  const MatrixView view = readMatrix(fields.object("matrix"), pins);
  if (view.dtype != DType::f32 && view.dtype != DType::f64) refuse(fields.nameOf("matrix.dtype"), "f32 or f64");
  const std::size_t rows = right ? source.view.cols : source.view.rows;
  if (view.rows != rows) refuse(fields.nameOf("matrix.rows"), std::to_string(rows));
  const std::size_t least = linear ? std::min(source.view.rows, source.view.cols) : 1;
  if (view.cols < least) refuse(fields.nameOf("matrix.cols"), "at least " + std::to_string(least));
  // The array is gramian's own, made for this job to write into.
  output.data = const_cast<void*>(view.data);
  output.dtype = view.dtype;
  output.cols = view.cols;
  if (fields.has("leverages")) {
    if (right) refuse(fields.nameOf("leverages"), "nothing beside right or solver");
    output.leverages = const_cast<double*>(fields.doubles("leverages", rows, pins));
  }
  if (fields.has("means")) {
    if (right) refuse(fields.nameOf("means"), "nothing beside right");
    output.means = const_cast<double*>(fields.doubles("means", view.cols, pins));
  }
  if (fields.has("onesResidual")) {
    if (output.kind != Kind::projector && output.kind != Kind::explained) {
      refuse(fields.nameOf("onesResidual"), "nothing but beside projector and explained");
    }
    output.onesResidual = const_cast<double*>(fields.doubles("onesResidual", rows, pins));
  }
  return output;
}

FactorRequest readRequest(const Fields& fields, Pins& pins) {
  FactorRequest request;
  const Fields source = fields.object("source");
  const std::size_t samples = source.object("matrix").size("rows", 1, std::size_t(1) << 31);
  request.source = readSource(source, samples, pins);
  request.map = readMap(fields.object("map"), request.source.kind);
  const bool linear = request.map.map == MapKind::linear && request.source.kind != SourceSpec::Kind::gram;
  if (!linear && samples > kMostSamples) {
    refuse(source.nameOf("matrix.rows"), "at most " + std::to_string(kMostSamples) + " samples");
  }
  request.centred = fields.flag("centred");
  request.eigenvalues = fields.flag("eigenvalues");
  request.accurate = fields.flag("accurate");
  request.tolerance = fields.number("tolerance", 0);
  if (request.tolerance < 0 || request.tolerance >= 1) refuse(fields.nameOf("tolerance"), "a number in [0, 1)");
  for (const Fields& output : fields.list("outputs")) {
    request.outputs.push_back(readOutput(output, request.source, linear, pins));
  }
  const auto& outputs = request.outputs;
  const bool solves = std::any_of(outputs.begin(), outputs.end(),
                                  [](const FactorOutput& output) { return output.kind == Kind::solver; });
  if (solves) {
    const bool pure = std::all_of(outputs.begin(), outputs.end(), [](const FactorOutput& output) {
      return output.kind == Kind::solver || output.kind == Kind::projector;
    });
    if (!pure) refuse(fields.nameOf("outputs"), "projectors only beside a solver");
  }
  return request;
}

Napi::Value toArray(Napi::Env env, const std::vector<FactorResult>& results) {
  Napi::Array list = Napi::Array::New(env, results.size());
  for (std::size_t k = 0; k < results.size(); ++k) {
    const FactorResult& found = results[k];
    Napi::Object item = Napi::Object::New(env);
    item.Set("rank", static_cast<double>(found.rank));
    item.Set("eigenvalues", toFloat64Array(env, found.eigenvalues));
    item.Set("trace", found.trace);
    item.Set("residual", found.residual);
    item.Set("indefinite", found.indefinite);
    item.Set("route", found.route);
    list.Set(static_cast<std::uint32_t>(k), item);
  }
  return list;
}

}  // namespace

// factorJob(requests, threads, progress, done)
Napi::Value factorJob(const Napi::CallbackInfo& info) {
  JobRequest request;
  std::vector<FactorRequest> requests;
  for (const Fields& fields : listOf(info[0], "requests")) requests.push_back(readRequest(fields, request.pins));
  const std::shared_ptr<FactorWork> work = makeFactors(std::move(requests));
  request.work = work;
  request.slots = sizeOf(info[1], "threads", 1, Pool::maxThreads);
  request.progress = info[2];
  request.done = info[3];
  request.result = [work](Napi::Env env) { return toArray(env, work->results()); };
  return startJob(info.Env(), std::move(request));
}

}  // namespace gramian
