// permutationJob: the sums of permuted operators, and the neighbours that permuted lists share.
#include <memory>
#include <utility>
#include <vector>

#include "../boundary/array.h"
#include "../boundary/job.h"
#include "../boundary/output.h"
#include "../core/resampling/permutation_spec.h"
#include "bindings.h"
#include "resampling_spec.h"

namespace gramian {

namespace {

NeighbourLists readNeighbours(const Fields& fields, std::size_t samples, Pins& pins) {
  NeighbourLists neighbours;
  neighbours.count = fields.size("count", 1, samples);
  const Napi::Value given = fields.get("lists");
  if (!given.IsArray()) refuse(fields.nameOf("lists"), "an array");
  const Napi::Array lists = given.As<Napi::Array>();
  for (std::uint32_t l = 0; l < lists.Length(); ++l) {
    const std::string name = fields.nameOf("lists") + "[" + std::to_string(l) + "]";
    neighbours.lists.push_back(static_cast<const std::uint32_t*>(
        elements(lists.Get(l), napi_uint32_array, samples * neighbours.count, name, pins)));
  }
  neighbours.pairs = readOrderedPairs(fields, neighbours.lists.size());
  return neighbours;
}

PermutationSpec readSpec(const Fields& fields, Pins& pins) {
  PermutationSpec spec;
  spec.samples = fields.size("samples", 1, kMostResampled);
  spec.sources = readSources(fields, spec.samples, pins);
  spec.operators = readOperators(fields, spec.sources);
  spec.pairs = readOrderedPairs(fields, spec.operators.size());
  for (const Pair& pair : spec.pairs) {
    if (spec.operators[pair.a].group != spec.operators[pair.b].group) {
      refuse(fields.nameOf("pairs"), "pairs of operators of one group");
    }
  }
  const std::size_t numbers = lengthOf(fields.get("permutations"), napi_uint32_array);
  spec.count = numbers / spec.samples;
  // What is in them is looked at by the threads that use them.
  spec.permutations = static_cast<const std::uint32_t*>(elements(
      fields.get("permutations"), napi_uint32_array, spec.count * spec.samples, fields.nameOf("permutations"), pins));
  if (fields.has("neighbours")) spec.neighbours = readNeighbours(fields.object("neighbours"), spec.samples, pins);
  spec.precision = readPrecision(fields);
  spec.slots = readThreads(fields);
  return spec;
}

}  // namespace

// permutationJob(spec, progress, done)
Napi::Value permutationJob(const Napi::CallbackInfo& info) {
  JobRequest request;
  PermutationSpec spec = readSpec(Fields(info[0], "spec"), request.pins);
  const auto output = std::make_shared<Output>();
  PermutationOutput out;
  out.inner = output->add(info.Env(), "inner", spec.count * spec.pairs.size());
  out.moments = output->add(info.Env(), "moments", spec.count * spec.pairs.size() * 9);
  out.mutual = output->add(info.Env(), "mutual", spec.count * spec.neighbours.pairs.size());
  request.slots = spec.slots;
  request.work = makePermutation(std::move(spec), out);
  request.progress = info[1];
  request.done = info[2];
  request.result = [output](Napi::Env env) { return output->toObject(env); };
  return startJob(info.Env(), std::move(request));
}

}  // namespace gramian
