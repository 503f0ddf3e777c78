// rankJob: rank correlations of the pairwise distances of layers.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "../boundary/array.h"
#include "../boundary/job.h"
#include "../boundary/read.h"
#include "../core/pool/pool.h"
#include "../core/ranks/spec.h"
#include "bindings.h"
#include "choose.h"
#include "engine_spec.h"

namespace gramian {

namespace {

// A table of so many bins is looked up for every entry of every layer; more would not fit a processor's caches.
constexpr std::size_t kMostBins = std::size_t(1) << 22;

void readWants(const Fields& fields, RankSpec& spec) {
  const Napi::Value value = fields.get("wants");
  if (!value.IsArray()) refuse(fields.nameOf("wants"), "an array");
  const Napi::Array array = value.As<Napi::Array>();
  for (std::uint32_t w = 0; w < array.Length(); ++w) {
    const Napi::Value want = array.Get(w);
    const std::string name = want.IsString() ? want.As<Napi::String>().Utf8Value() : "";
    if (name != "spearman" && name != "kendall") refuse(fields.nameOf("wants"), "spearman or kendall");
    (name == "spearman" ? spec.spearman : spec.kendall) = true;
  }
}

RankSpec readSpec(const Fields& fields, Pins& pins) {
  RankSpec spec;
  spec.bins = fields.size("bins", 0, kMostBins);
  if (spec.bins == 1) refuse(fields.nameOf("bins"), "0, or at least 2");
  spec.samples = fields.size("samples", 2, spec.bins > 0 ? std::size_t(1) << 31 : kMostRankedSamples);
  spec.sources = readSources(fields, spec.samples, pins);
  if (spec.sources.empty()) refuse(fields.nameOf("sources"), "at least one source");
  for (const SourceSpec& source : spec.sources) {
    if (source.kind == SourceSpec::Kind::gram) refuse(fields.nameOf("sources"), "features or unitRows");
  }
  for (const Fields& distance : fields.list("distances")) {
    spec.distances.push_back(distance.size("source", 0, spec.sources.size() - 1));
    choose<int>(distance, "kind", {{"euclidean", 0}, {"squared", 1}});
  }
  if (spec.distances.empty()) refuse(fields.nameOf("distances"), "at least one distance");
  const std::vector<std::uint32_t> flat = fields.indices("pairs", spec.distances.size());
  if (flat.size() % 2 != 0) refuse(fields.nameOf("pairs"), "an even number of indices");
  for (std::size_t k = 0; k < flat.size(); k += 2) spec.pairs.push_back({flat[k], flat[k + 1]});
  readWants(fields, spec);
  if (spec.kendall && spec.bins > 0) refuse(fields.nameOf("bins"), "0 for Kendall's τ, which needs exact ranks,");
  spec.precision = choose<TileType>(fields, "precision", {{"f32", TileType::f32}, {"f64", TileType::f64}});
  spec.slots = fields.size("threads", 1, Pool::maxThreads);
  return spec;
}

Napi::Value toObject(Napi::Env env, const RankResult& found) {
  Napi::Object result = Napi::Object::New(env);
  result.Set("spearman", toFloat64Array(env, found.spearman));
  result.Set("kendall", toFloat64Array(env, found.kendall));
  result.Set("constant", toUint8Array(env, found.constant));
  return result;
}

}  // namespace

// rankJob(spec, progress, done)
Napi::Value rankJob(const Napi::CallbackInfo& info) {
  JobRequest request;
  RankSpec spec = readSpec(Fields(info[0], "spec"), request.pins);
  request.slots = spec.slots;
  const std::shared_ptr<RankWork> work = rankCorrelations(std::move(spec));
  request.work = work;
  request.progress = info[1];
  request.done = info[2];
  request.result = [work](Napi::Env env) { return toObject(env, work->result()); };
  return startJob(info.Env(), std::move(request));
}

}  // namespace gramian
