// neighbourPairsJob: scores of pairs of layers by their top-k neighbours.
#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "../boundary/array.h"
#include "../boundary/job.h"
#include "../boundary/read.h"
#include "../core/neighbours/spec.h"
#include "../core/pool/pool.h"
#include "bindings.h"

namespace gramian {

namespace {

using Score = NeighbourScore;

constexpr struct {
  const char* name;
  Score score;
} kScores[] = {{"mutual", Score::mutual},
               {"jaccard", Score::jaccard},
               {"cycleForward", Score::cycleForward},
               {"cycleBackward", Score::cycleBackward},
               {"lcs", Score::lcs},
               {"edit", Score::edit},
               {"cknnaBiased", Score::cknnaBiased},
               {"cknnaDebiased", Score::cknnaDebiased},
               {"platonicCycle", Score::platonicCycle},
               {"platonicLcs", Score::platonicLcs},
               {"platonicEdit", Score::platonicEdit},
               {"platonicCknna", Score::platonicCknna}};

Napi::Array arrayOf(const Fields& fields, const char* key) {
  const Napi::Value value = fields.get(key);
  if (!value.IsArray()) refuse(fields.nameOf(key), "an array");
  return value.As<Napi::Array>();
}

std::vector<Score> readWants(const Fields& fields) {
  const Napi::Array array = arrayOf(fields, "wants");
  std::vector<Score> wants;
  for (std::uint32_t w = 0; w < array.Length(); ++w) {
    const Napi::Value value = array.Get(w);
    const std::string name = value.IsString() ? value.As<Napi::String>().Utf8Value() : "";
    const auto known =
        std::find_if(std::begin(kScores), std::end(kScores), [&](const auto& s) { return name == s.name; });
    if (known == std::end(kScores)) refuse(fields.nameOf("wants"), "names of neighbour scores");
    wants.push_back(known->score);
  }
  return wants;
}

template <class Element>
std::vector<const Element*> readArrays(const Fields& fields, const char* key, napi_typedarray_type type,
                                       std::size_t length, Pins& pins) {
  const Napi::Array array = arrayOf(fields, key);
  std::vector<const Element*> found;
  for (std::uint32_t l = 0; l < array.Length(); ++l) {
    const std::string name = fields.nameOf(key) + "[" + std::to_string(l) + "]";
    found.push_back(static_cast<const Element*>(elements(array.Get(l), type, length, name, pins)));
  }
  return found;
}

NeighbourPairsSpec readSpec(const Fields& fields, Pins& pins) {
  NeighbourPairsSpec spec;
  spec.samples = fields.size("samples", 2, (std::size_t(1) << 31) - 1);
  spec.count = fields.size("count", 1, spec.samples - 1);
  const std::size_t length = spec.samples * spec.count;
  spec.indices = readArrays<std::uint32_t>(fields, "indices", napi_uint32_array, length, pins);
  if (spec.indices.empty()) refuse(fields.nameOf("indices"), "at least one layer");
  spec.wants = readWants(fields);
  const auto needsValues = [](Score score) {
    return score == Score::cknnaBiased || score == Score::cknnaDebiased || score == Score::platonicCknna;
  };
  if (std::any_of(spec.wants.begin(), spec.wants.end(), needsValues)) {
    spec.values = readArrays<double>(fields, "values", napi_float64_array, length, pins);
    if (spec.values.size() != spec.indices.size()) refuse(fields.nameOf("values"), "an array a layer");
  }
  const std::vector<std::uint32_t> flat = fields.indices("pairs", spec.indices.size());
  if (flat.size() % 2 != 0) refuse(fields.nameOf("pairs"), "an even number of indices");
  for (std::size_t k = 0; k < flat.size(); k += 2) spec.pairs.push_back({flat[k], flat[k + 1]});
  spec.slots = fields.size("threads", 1, Pool::maxThreads);
  return spec;
}

Napi::Value toObject(Napi::Env env, const std::vector<std::vector<double>>& scores) {
  Napi::Array lines = Napi::Array::New(env, scores.size());
  for (std::uint32_t w = 0; w < scores.size(); ++w) lines.Set(w, toFloat64Array(env, scores[w]));
  Napi::Object result = Napi::Object::New(env);
  result.Set("scores", lines);
  return result;
}

}  // namespace

// neighbourPairsJob(spec, progress, done)
Napi::Value neighbourPairsJob(const Napi::CallbackInfo& info) {
  JobRequest request;
  NeighbourPairsSpec spec = readSpec(Fields(info[0], "spec"), request.pins);
  request.slots = spec.slots;
  const std::shared_ptr<NeighbourPairsWork> work = neighbourPairs(std::move(spec));
  request.work = work;
  request.progress = info[1];
  request.done = info[2];
  request.result = [work](Napi::Env env) { return toObject(env, work->scores()); };
  return startJob(info.Env(), std::move(request));
}

}  // namespace gramian
