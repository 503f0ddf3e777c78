#include "resampling_spec.h"

#include "../core/pool/pool.h"
#include "choose.h"

namespace gramian {

std::vector<Pair> readOrderedPairs(const Fields& fields, std::size_t bound) {
  const std::vector<std::uint32_t> flat = fields.indices("pairs", bound);
  if (flat.size() % 2 != 0) refuse(fields.nameOf("pairs"), "an even number of indices");
  std::vector<Pair> pairs;
  for (std::size_t k = 0; k < flat.size(); k += 2) pairs.push_back({flat[k], flat[k + 1]});
  return pairs;
}

TileType readPrecision(const Fields& fields) {
  return choose<TileType>(fields, "precision", {{"f32", TileType::f32}, {"f64", TileType::f64}});
}

std::size_t readThreads(const Fields& fields) { return fields.size("threads", 1, Pool::maxThreads); }

}  // namespace gramian
