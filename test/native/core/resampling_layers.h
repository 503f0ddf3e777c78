// Small layers for the tests of resampling, and their conditioned operators in f64 as the engine's own producer has
// them.
#pragma once

#include <cstddef>
#include <random>
#include <utility>
#include <vector>

#include "engine/producer.h"
#include "engine/spec.h"
#include "facts.h"

namespace resampling {

using namespace gramian;

struct Layer {
  std::vector<float> narrow;
  std::vector<double> wide;
  std::size_t n, d;
  Facts facts;
};

inline Layer makeLayer(std::size_t n, std::size_t d, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  Layer layer{{}, {}, n, d, {}};
  for (std::size_t k = 0; k < n * d; ++k) layer.narrow.push_back(static_cast<float>(normal(random) + 0.3));
  layer.wide.assign(layer.narrow.begin(), layer.narrow.end());
  layer.facts = findFacts({layer.wide.data(), DType::f64, n, d});
  return layer;
}

inline SourceSpec sourceOf(const Layer& layer, bool f32) {
  SourceSpec source;
  source.view = f32 ? MatrixView{layer.narrow.data(), DType::f32, layer.n, layer.d}
                    : MatrixView{layer.wide.data(), DType::f64, layer.n, layer.d};
  source.mean = layer.facts.mean.data();
  source.centredNorm2 = layer.facts.centredNorm2.data();
  source.dotMean = layer.facts.dotMean.data();
  return source;
}

inline OperatorSpec operatorOf(std::size_t source, std::size_t group, MapKind map) {
  OperatorSpec op;
  op.source = source;
  op.group = group;
  op.map = map;
  op.bandwidth = op.typicalDistance = 3;
  return op;
}

// T with a zero diagonal, the diagonal, the offsets and the constant.
struct Conditioned {
  std::vector<double> matrix, diagonal, offset, rowSums;
  double constant;
};

inline std::vector<Conditioned> conditioned(const std::vector<SourceSpec>& sourceSpecs,
                                            const std::vector<OperatorSpec>& specs, std::size_t n) {
  struct Idle : Work {
    std::size_t phases() const override { return 0; }
    std::size_t units(std::size_t) const override { return 0; }
    void run(std::size_t, std::size_t, std::size_t) override {}
    std::uint64_t total() const override { return 0; }
  } idle;
  std::vector<Source> sources;
  for (const SourceSpec& spec : sourceSpecs) sources.push_back(prepareSource(spec, n, nullptr, TileType::f64, idle));
  std::vector<Operator> operators;
  for (const OperatorSpec& spec : specs) operators.push_back(prepareOperator(spec, sources[spec.source]));
  TileProducer<double> producer(sources, operators, StackType::f64);
  TileSums sums;
  const std::size_t stride = producer.form({0, n, 0, n}, sums, [] { return true; });
  std::vector<Conditioned> all;
  for (std::size_t l = 0; l < specs.size(); ++l) {
    Conditioned one{std::vector<double>(n * n, 0.0), operators[l].diagonal, operators[l].offset,
                    std::vector<double>(n, 0.0), operators[l].constant};
    if (one.offset.empty()) one.offset.assign(n, 0.0);
    const double* entry = producer.formed() + l * stride;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < i; ++j) one.matrix[i * n + j] = one.matrix[j * n + i] = *entry++;
    }
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) one.rowSums[i] += one.matrix[i * n + j];
    }
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace resampling
