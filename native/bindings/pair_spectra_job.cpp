// pairSpectraJob: singular values of the products of bases, pair by pair.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "../boundary/array.h"
#include "../boundary/job.h"
#include "../boundary/matrix.h"
#include "../boundary/output.h"
#include "../core/spectral/pair_spectra.h"
#include "bindings.h"
#include "choose.h"
#include "resampling_spec.h"

namespace gramian {

namespace {

std::vector<MatrixView> readBases(const Fields& fields, Pins& pins) {
  std::vector<MatrixView> bases;
  for (const Fields& item : fields.list("bases")) {
    bases.push_back(readMatrix(item, pins));
    const MatrixView& basis = bases.back();
    const bool real = basis.dtype == DType::f32 || basis.dtype == DType::f64;
    if (!real || basis.dtype != bases[0].dtype) refuse(item.nameOf("dtype"), "f32 throughout, or f64 throughout");
    if (basis.rows != bases[0].rows) refuse(item.nameOf("rows"), std::to_string(bases[0].rows));
  }
  return bases;
}

std::vector<std::uint32_t> readRanks(const Fields& fields, const std::vector<MatrixView>& bases) {
  const std::vector<std::uint32_t> ranks = fields.indices("ranks", std::size_t(1) << 31);
  if (ranks.size() != bases.size()) refuse(fields.nameOf("ranks"), "one rank a basis");
  for (std::size_t l = 0; l < ranks.size(); ++l) {
    if (ranks[l] > bases[l].cols) refuse(fields.nameOf("ranks"), "no rank above its basis's columns");
  }
  return ranks;
}

PairReading readReading(const Fields& fields, const std::vector<std::uint32_t>& ranks, Pins& pins) {
  using What = PairReading::What;
  PairReading reading;
  reading.what = choose<What>(
      fields, "what",
      {{"values", What::values}, {"largest", What::largest}, {"logdet", What::logdet}, {"weighted", What::weighted}});
  const Napi::Value given = fields.get("weights");
  const std::string name = fields.nameOf("weights");
  if (!given.IsArray() || given.As<Napi::Array>().Length() != ranks.size()) refuse(name, "an array, one entry a basis");
  for (std::uint32_t l = 0; l < ranks.size(); ++l) {
    const Napi::Value entry = given.As<Napi::Array>().Get(l);
    if (entry.IsNull()) {
      reading.counts.push_back(ranks[l]);
      reading.weights.push_back(nullptr);
      continue;
    }
    const std::size_t count = lengthOf(entry, napi_float64_array);
    const std::string item = name + "[" + std::to_string(l) + "]";
    if (count > ranks[l]) refuse(item, "at most " + std::to_string(ranks[l]) + " weights");
    reading.counts.push_back(count);
    reading.weights.push_back(static_cast<const double*>(elements(entry, napi_float64_array, count, item, pins)));
  }
  if (reading.what != What::weighted) return reading;
  reading.width = 2;
  for (const Fields& item : fields.list("loadings")) {
    const std::size_t l = reading.loadings.size();
    reading.loadings.push_back(readMatrix(item, pins));
    if (l < ranks.size() && reading.loadings[l].rows < ranks[l]) {
      refuse(item.nameOf("rows"), "at least " + std::to_string(ranks[l]));
    }
  }
  if (reading.loadings.size() != ranks.size()) refuse(fields.nameOf("loadings"), "one matrix a basis");
  return reading;
}

std::size_t widthOf(const PairReading& reading, const std::vector<Pair>& pairs) {
  if (reading.what != PairReading::What::values) return reading.width;
  std::size_t width = 0;
  for (const Pair& pair : pairs) width = std::max(width, std::min(reading.counts[pair.a], reading.counts[pair.b]));
  return width;
}

}  // namespace

// pairSpectraJob(spec, progress, done)
Napi::Value pairSpectraJob(const Napi::CallbackInfo& info) {
  JobRequest request;
  const Fields fields(info[0], "spec");
  PairSpectraSpec spec;
  spec.bases = readBases(fields, request.pins);
  const std::vector<std::uint32_t> ranks = readRanks(fields, spec.bases);
  spec.pairs = readOrderedPairs(fields, spec.bases.size());
  spec.slots = readThreads(fields);
  const auto output = std::make_shared<Output>();
  for (const Fields& item : fields.list("readings")) {
    PairReading reading = readReading(item, ranks, request.pins);
    reading.width = widthOf(reading, spec.pairs);
    const std::string key = std::to_string(spec.readings.size());
    reading.out = output->add(info.Env(), key, reading.width * spec.pairs.size());
    spec.readings.push_back(std::move(reading));
  }
  const auto count = static_cast<std::uint32_t>(spec.readings.size());
  request.slots = spec.slots;
  request.work = makePairSpectra(std::move(spec));
  request.progress = info[1];
  request.done = info[2];
  request.result = [output, count](Napi::Env env) -> Napi::Value {
    const Napi::Object found = output->toObject(env);
    Napi::Array readings = Napi::Array::New(env, count);
    for (std::uint32_t k = 0; k < count; ++k) readings.Set(k, found.Get(std::to_string(k)));
    Napi::Object result = Napi::Object::New(env);
    result.Set("readings", readings);
    return result;
  };
  return startJob(info.Env(), std::move(request));
}

}  // namespace gramian
