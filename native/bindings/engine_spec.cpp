#include "engine_spec.h"

#include <algorithm>
#include <string>
#include <vector>

#include "../boundary/matrix.h"
#include "../core/pool/pool.h"
#include "choose.h"

namespace gramian {

namespace {

// A side of the index space has at most this many blocks.
constexpr std::size_t kMostBlocks = 8192;

OperatorSpec readOperator(const Fields& fields, const std::vector<SourceSpec>& sources) {
  if (sources.empty()) refuse(fields.nameOf("source"), "a source");
  const std::size_t source = fields.size("source", 0, sources.size() - 1);
  OperatorSpec op = readMap(fields, sources[source].kind);
  op.source = source;
  op.group = fields.size("group", 0, 1 << 20);
  return op;
}

std::vector<Pair> readPairs(const Fields& fields, std::size_t operators) {
  const std::vector<std::uint32_t> flat = fields.indices("pairs", operators);
  if (flat.size() % 2 != 0) refuse(fields.nameOf("pairs"), "an even number of indices");
  std::vector<Pair> pairs;
  for (std::size_t k = 0; k < flat.size(); k += 2) {
    if (flat[k] > flat[k + 1]) refuse(fields.nameOf("pairs"), "the smaller index of each pair first");
    pairs.push_back({flat[k], flat[k + 1]});
  }
  return pairs;
}

// A permutation, or nothing.
std::vector<std::uint32_t> readOrder(const Fields& fields, std::size_t samples) {
  std::vector<std::uint32_t> order = fields.indices("order", samples);
  std::vector<bool> seen(samples, false);
  for (std::uint32_t i : order) seen[i] = true;
  for (std::size_t i = 0; !order.empty() && i < samples; ++i) {
    if (order.size() != samples || !seen[i]) refuse(fields.nameOf("order"), "a permutation of the samples");
  }
  return order;
}

}  // namespace

SourceSpec readSource(const Fields& fields, std::size_t samples, Pins& pins) {
  using Kind = SourceSpec::Kind;
  SourceSpec source;
  source.kind =
      choose<Kind>(fields, "kind", {{"features", Kind::features}, {"unitRows", Kind::unitRows}, {"gram", Kind::gram}});
  source.view = readMatrix(fields.object("matrix"), pins);
  source.rowCentred = fields.flag("rowCentred");
  if (source.rowCentred && source.kind != Kind::unitRows) refuse(fields.nameOf("rowCentred"), "false unless unitRows");
  if (source.view.rows != samples) refuse(fields.nameOf("matrix.rows"), std::to_string(samples));
  if (source.kind == Kind::gram && source.view.cols != samples) {
    refuse(fields.nameOf("matrix.cols"), std::to_string(samples));
  }
  if (source.kind == Kind::features) {
    source.mean = fields.doubles("mean", source.view.cols, pins);
    source.centredNorm2 = fields.doubles("centredNorm2", samples, pins);
    source.dotMean = fields.doubles("dotMean", samples, pins);
    if (fields.has("constant")) {
      source.constant = fields.number("constant", 0);
      if (source.constant < 0) refuse(fields.nameOf("constant"), "a number of at least 0");
    }
  }
  return source;
}

OperatorSpec readMap(const Fields& fields, SourceSpec::Kind kind) {
  OperatorSpec op;
  op.map = choose<MapKind>(fields, "map",
                           {{"linear", MapKind::linear},
                            {"polynomial", MapKind::polynomial},
                            {"rbf", MapKind::rbf},
                            {"laplacian", MapKind::laplacian},
                            {"distance", MapKind::distance},
                            {"cosine", MapKind::cosine}});
  if (kind == SourceSpec::Kind::gram && op.map != MapKind::linear) {
    refuse(fields.nameOf("map"), "linear on a Gram matrix");
  }
  if (kind != SourceSpec::Kind::features && op.map == MapKind::cosine) {
    refuse(fields.nameOf("map"), "cosine on features only (unit rows have it as their linear map)");
  }
  op.rowCentred = fields.flag("rowCentred");
  op.bandwidth = fields.number("bandwidth", 1);
  op.typicalDistance = fields.number("typicalDistance", 1);
  op.gamma = fields.number("gamma", 1);
  op.offset = fields.number("offset", 0);
  if (fields.has("degree")) op.degree = static_cast<unsigned>(fields.size("degree", 1, 64));
  return op;
}

std::vector<SourceSpec> readSources(const Fields& fields, std::size_t samples, Pins& pins) {
  std::vector<SourceSpec> sources;
  for (const Fields& source : fields.list("sources")) sources.push_back(readSource(source, samples, pins));
  return sources;
}

std::vector<OperatorSpec> readOperators(const Fields& fields, const std::vector<SourceSpec>& sources) {
  std::vector<OperatorSpec> operators;
  for (const Fields& op : fields.list("operators")) {
    operators.push_back(readOperator(op, sources));
    if (operators.size() > 1 && operators.back().group < operators.end()[-2].group) {
      refuse(op.nameOf("group"), "operators in the order of their groups");
    }
  }
  return operators;
}

EngineSpec readEngineSpec(const Fields& fields, Pins& pins) {
  EngineSpec spec;
  spec.samples = fields.size("samples", 1, std::size_t(1) << 31);
  spec.sources = readSources(fields, spec.samples, pins);
  if (spec.sources.empty()) refuse(fields.nameOf("sources"), "at least one source");
  spec.operators = readOperators(fields, spec.sources);
  if (spec.operators.empty()) refuse(fields.nameOf("operators"), "at least one operator");
  spec.space = choose<Space>(fields, "space",
                             {{"gram", Space::gram}, {"feature", Space::feature}, {"neighbours", Space::neighbours}});
  spec.tile = choose<TileType>(fields, "tile", {{"f32", TileType::f32}, {"f64", TileType::f64}});
  spec.stack = choose<StackType>(fields, "stack", {{"f64", StackType::f64}, {"f32-flush", StackType::f32Flush}});
  spec.block = fields.size("block", 1, 4096);
  spec.batch = fields.size("batch", 0, spec.samples);
  if (spec.batch > 0 && spec.batch < 4) refuse(fields.nameOf("batch"), "0, or at least 4");
  // Tiles are listed beforehand, and the list of a block that is far too small would fill the memory.
  const std::size_t side = spec.batch > 0 ? std::min(spec.samples, 2 * spec.batch) : spec.samples;
  if (spec.space != Space::feature && side / spec.block >= kMostBlocks) {
    refuse(fields.nameOf("block"), "at least " + std::to_string(side / kMostBlocks + 1));
  }
  spec.order = readOrder(fields, spec.samples);
  spec.pairs = readPairs(fields, spec.operators.size());
  spec.slots = fields.size("threads", 1, Pool::maxThreads);
  if (fields.has("neighbours")) {
    const Fields neighbours = fields.object("neighbours");
    spec.neighbours.operators = neighbours.indices("operators", spec.operators.size());
    spec.neighbours.count = neighbours.size("count", 1, spec.samples - 1);
    if (spec.space == Space::feature) refuse(fields.nameOf("neighbours"), "nothing in feature space");
    if (spec.batch > 0) refuse(fields.nameOf("neighbours"), "nothing beside a batch");
  }
  if (spec.space == Space::neighbours && spec.batch > 0) refuse(fields.nameOf("batch"), "0 for neighbours alone");
  if (spec.space == Space::feature) {
    for (const OperatorSpec& op : spec.operators) {
      if (op.map != MapKind::linear) refuse(fields.nameOf("space"), "gram for a kernel that is not linear");
    }
    // Used or not: the rows of every source are summed.
    for (const SourceSpec& source : spec.sources) {
      if (source.kind == SourceSpec::Kind::gram) refuse(fields.nameOf("space"), "gram for a Gram matrix");
    }
  }
  return spec;
}

}  // namespace gramian
