// The engine against kernels, centring and inner products in long double, straight from their definitions.
#include <cmath>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "bandwidth.h"
#include "check.h"
#include "engine/spec.h"
#include "error.h"
#include "facts.h"
#include "run_work.h"

using namespace gramian;

namespace {

using Real = long double;

struct Layer {
  std::vector<double> data;
  std::vector<float> narrow;
  std::size_t n, d;
  Facts facts;
  double median;
  MatrixView view(bool f32) const {
    return f32 ? MatrixView{narrow.data(), DType::f32, n, d} : MatrixView{data.data(), DType::f64, n, d};
  }
};

// Numbers that f32 holds, so that both tile types see the same layer; rows 5 and 9 are alike.
Layer makeLayer(std::size_t n, std::size_t d, double offset, double scale, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  Layer layer{{}, {}, n, d, {}, 0};
  for (std::size_t k = 0; k < n * d; ++k) layer.narrow.push_back(static_cast<float>(scale * (normal(random) + offset)));
  for (std::size_t j = 0; j < d; ++j) layer.narrow[5 * d + j] = layer.narrow[9 * d + j];
  layer.data.assign(layer.narrow.begin(), layer.narrow.end());
  layer.facts = findFacts(layer.view(false));
  const auto medians = medianDistances({{layer.view(false), layer.facts.mean.data(), {}}});
  runWork(*medians, 1);
  layer.median = medians->medians()[0];
  return layer;
}

struct Pairing {
  Real dot, d2, norms;
  Real correlation;  // of the rows' entries; 0 for a row of one
};

std::vector<Real> gram(const Layer& layer, const std::function<Real(const Pairing&)>& kernel) {
  std::vector<Real> k(layer.n * layer.n);
  for (std::size_t i = 0; i < layer.n; ++i) {
    for (std::size_t j = 0; j < layer.n; ++j) {
      Real dot = 0, d2 = 0, ni = 0, nj = 0, mi = 0, mj = 0, cov = 0, vi = 0, vj = 0;
      for (std::size_t c = 0; c < layer.d; ++c) {
        mi += layer.data[i * layer.d + c] / Real(layer.d);
        mj += layer.data[j * layer.d + c] / Real(layer.d);
      }
      for (std::size_t c = 0; c < layer.d; ++c) {
        const Real x = layer.data[i * layer.d + c], y = layer.data[j * layer.d + c];
        dot += x * y;
        d2 += (x - y) * (x - y);
        ni += x * x;
        nj += y * y;
        cov += (x - mi) * (y - mj);
        vi += (x - mi) * (x - mi);
        vj += (y - mj) * (y - mj);
      }
      k[i * layer.n + j] = kernel({dot, d2, std::sqrt(ni * nj), cov / std::sqrt(vi * vj)});
    }
  }
  return k;
}

// HKH, or the U-centred matrix of Székely and Rizzo (diagonal 0), of which the inner product is n(n−3)·HSIC_u.
std::vector<Real> centred(std::vector<Real> k, std::size_t n, bool debiased) {
  const Real size = n, by = debiased ? size - 2 : size;
  const Real all = debiased ? (size - 1) * (size - 2) : size * size;
  std::vector<Real> rows(n, 0);
  Real total = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (debiased) k[i * n + i] = 0;
    for (std::size_t j = 0; j < n; ++j) rows[i] += k[i * n + j];
    total += rows[i];
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      k[i * n + j] = debiased && i == j ? 0 : k[i * n + j] - rows[i] / by - rows[j] / by + total / all;
    }
  }
  return k;
}

Real inner(const std::vector<Real>& a, const std::vector<Real>& b) {
  Real sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
  return sum;
}

// The same two numbers from the engine's table, in units of the kernels.
struct Read {
  const EngineResult& found;
  std::size_t n;
  Real moment(std::size_t a, std::size_t b) const { return found.moments[a * 3 * found.operators + b]; }
  Real unit(std::size_t a, std::size_t b) const { return static_cast<Real>(found.scale[a]) * found.scale[b]; }
  Real biased(std::size_t a, std::size_t b) const {
    const std::size_t L = found.operators;
    const Real tt = moment(L + a, L + b);
    const Real rows = moment(a, b) + moment(a, L + b) + moment(L + a, b) + tt;
    const Real all = (Real(found.totals[a]) + found.totals[L + a]) * (Real(found.totals[b]) + found.totals[L + b]);
    return (found.inner[a * L + b] + tt - 2 * rows / n + all / n / n) * unit(a, b);
  }
  Real debiased(std::size_t a, std::size_t b) const {
    const Real all = Real(found.totals[a]) * found.totals[b] / ((n - Real(1)) * (n - Real(2)));
    return (found.inner[a * found.operators + b] + all - 2 * moment(a, b) / (n - Real(2))) * unit(a, b);
  }
};

EngineSpec specFor(const std::vector<Layer>& layers, bool f32,
                   const std::function<void(OperatorSpec&, const Layer&)>& map,
                   SourceSpec::Kind kind = SourceSpec::Kind::features, bool rowCentred = false) {
  EngineSpec spec;
  for (const Layer& layer : layers) {
    OperatorSpec op;
    op.source = spec.sources.size();
    map(op, layer);
    spec.operators.push_back(op);
    const Facts& facts = layer.facts;
    spec.sources.push_back(
        {kind, layer.view(f32), rowCentred, facts.mean.data(), facts.centredNorm2.data(), facts.dotMean.data()});
  }
  spec.samples = layers[0].n;
  spec.tile = f32 ? TileType::f32 : TileType::f64;
  spec.block = 32;
  spec.slots = 2;
  return spec;
}

// Largest error of biased and debiased CKA over all pairs.
Real worstError(const EngineResult& found, const std::vector<std::vector<Real>>& kernels, std::size_t n) {
  Real worst = 0;
  const Read read{found, n};
  for (bool debiased : {false, true}) {
    std::vector<std::vector<Real>> truth;
    for (const auto& kernel : kernels) truth.push_back(centred(kernel, n, debiased));
    for (std::size_t a = 0; a < truth.size(); ++a) {
      for (std::size_t b = a; b < truth.size(); ++b) {
        const Real expected = inner(truth[a], truth[b]);
        const Real size = std::sqrt(inner(truth[a], truth[a]) * inner(truth[b], truth[b]));
        const Real actual = debiased ? read.debiased(a, b) : read.biased(a, b);
        worst = std::max(worst, std::fabs(actual - expected) / size);
      }
    }
  }
  return worst;
}

struct Case {
  const char* name;
  SourceSpec::Kind kind;
  std::function<void(OperatorSpec&, const Layer&)> map;
  std::function<std::function<Real(const Pairing&)>(const Layer&)> kernel;
  bool rowCentred = false;
};

std::vector<Case> cases() {
  std::vector<Case> all;
  const auto none = [](OperatorSpec&, const Layer&) {};
  all.push_back({"linear", SourceSpec::Kind::features, none,
                 [](const Layer&) { return [](const Pairing& p) { return p.dot; }; }});
  all.push_back({"cosine", SourceSpec::Kind::unitRows, none,
                 [](const Layer&) { return [](const Pairing& p) { return p.dot / p.norms; }; }});
  all.push_back({"cosine of features", SourceSpec::Kind::features,
                 [](OperatorSpec& op, const Layer&) { op.map = MapKind::cosine; },
                 [](const Layer&) { return [](const Pairing& p) { return p.dot / p.norms; }; }});
  all.push_back({"correlation", SourceSpec::Kind::unitRows, none,
                 [](const Layer&) { return [](const Pairing& p) { return p.correlation; }; }, true});
  const auto distance = [](OperatorSpec& op, const Layer&) { op.map = MapKind::distance; };
  all.push_back({"distance", SourceSpec::Kind::features, distance,
                 [](const Layer&) { return [](const Pairing& p) { return -std::sqrt(p.d2); }; }});
  all.push_back({"distance of unit rows", SourceSpec::Kind::unitRows, distance, [](const Layer&) {
                   return [](const Pairing& p) { return -std::sqrt(std::max(Real(0), 2 - 2 * p.dot / p.norms)); };
                 }});
  all.push_back({"polynomial", SourceSpec::Kind::features,
                 [](OperatorSpec& op, const Layer& layer) {
                   op.map = MapKind::polynomial;
                   op.gamma = 1.0 / static_cast<double>(layer.d);
                   op.offset = 1;
                   op.degree = 3;
                 },
                 [](const Layer& layer) {
                   const Real d = layer.d;
                   return [d](const Pairing& p) { return std::pow(p.dot / d + 1, Real(3)); };
                 }});
  for (double width : {0.3, 1.0, 100.0}) {
    for (MapKind kind : {MapKind::rbf, MapKind::laplacian}) {
      const bool gaussian = kind == MapKind::rbf;
      all.push_back({gaussian ? "rbf" : "laplacian", SourceSpec::Kind::features,
                     [=](OperatorSpec& op, const Layer& layer) {
                       op.map = kind;
                       op.bandwidth = width * layer.median;
                       op.typicalDistance = layer.median;
                     },
                     [=](const Layer& layer) {
                       const Real sigma = width * layer.median;
                       // −expm1 rather than exp: a constant more or less is annihilated, and wide kernels keep their
                       // digits.
                       return [=](const Pairing& p) {
                         return gaussian ? std::expm1(-p.d2 / (2 * sigma * sigma))
                                         : std::expm1(-std::sqrt(p.d2) / sigma);
                       };
                     }});
    }
  }
  return all;
}

}  // namespace

TEST("engine: every kernel, offsets and scales, both tile types, against long double") {
  for (double offset : {0.0, 1.0, 1e4}) {
    for (double scale : {1.0, 1e-6, 1e6}) {
      std::vector<Layer> layers;
      std::size_t seed = 1;
      for (std::size_t d : {40, 7, 150})
        layers.push_back(makeLayer(90, d, offset, scale, static_cast<unsigned>(seed++)));
      for (const Case& one : cases()) {
        // (x·y/d + 1)³ is 1 to 1e-12 at scale 1e-6: what is left of it in long double is too little to be a reference.
        if (one.map && std::string(one.name) == "polynomial" && scale < 1) continue;
        std::vector<std::vector<Real>> kernels;
        for (const Layer& layer : layers) kernels.push_back(gram(layer, one.kernel(layer)));
        for (bool f32 : {false, true}) {
          const auto work = makeEngine(specFor(layers, f32, one.map, one.kind, one.rowCentred));
          runWork(*work, 2);
          const Real error = worstError(work->result(), kernels, 90);
          // f64: 2^-53 over sums of 90² entries. f32: 2^-24, doubled by squares; random signs average most of it away.
          if (!(error <= (f32 ? 1e-5L : 1e-11L))) {
            check::fail(one.name, f32 ? 32 : 64,
                        "offset " + std::to_string(offset) + " scale " + std::to_string(scale) + " error " +
                            std::to_string(static_cast<double>(error) * 1e12) + "e-12");
          }
        }
      }
    }
  }
}

TEST("engine: the same bits on one, two, three and five threads") {
  std::vector<Layer> layers;
  for (unsigned seed : {1u, 2u, 3u, 4u}) layers.push_back(makeLayer(203, 20 + seed, 0.5, 1, seed));
  std::vector<std::vector<double>> results;
  for (std::size_t threads : {1, 2, 3, 5}) {
    EngineSpec spec = specFor(layers, true, [](OperatorSpec&, const Layer&) {});
    spec.slots = threads;
    const auto work = makeEngine(spec);
    runWork(*work, threads);
    std::vector<double> all = work->result().inner;
    all.insert(all.end(), work->result().moments.begin(), work->result().moments.end());
    results.push_back(all);
  }
  for (const auto& result : results) CHECK(result == results[0]);
}

TEST("engine: feature space agrees with Gram space") {
  std::vector<Layer> layers;
  for (unsigned seed : {1u, 2u, 3u}) layers.push_back(makeLayer(130, 500 + 30 * seed, 2, 1, seed));
  const auto map = [](OperatorSpec&, const Layer&) {};
  const auto inGram = makeEngine(specFor(layers, false, map));
  EngineSpec spec = specFor(layers, false, map);
  spec.space = Space::feature;
  for (std::uint32_t a = 0; a < 3; ++a) {
    for (std::uint32_t b = a; b < 3; ++b) spec.pairs.push_back({a, b});
  }
  const auto inFeatures = makeEngine(spec);
  runWork(*inGram, 2);
  runWork(*inFeatures, 2);
  const Read one{inGram->result(), 130}, other{inFeatures->result(), 130};
  for (std::size_t a = 0; a < 3; ++a) {
    for (std::size_t b = 0; b < 3; ++b) {
      // 2^-53 times what taking out the diagonals cancels (about d/n) and the length of the sums.
      CHECK(std::fabs(one.debiased(a, b) - other.debiased(a, b)) <=
            1e-11L * std::sqrt(one.debiased(a, a) * one.debiased(b, b)));
      CHECK(std::fabs(one.biased(a, b) - other.biased(a, b)) <=
            1e-11L * std::sqrt(one.biased(a, a) * one.biased(b, b)));
    }
  }
}

TEST("engine: a batch as large as the data is the debiased HSIC itself") {
  std::vector<Layer> layers;
  for (unsigned seed : {1u, 2u}) layers.push_back(makeLayer(75, 12 * seed, 0, 1, seed));
  const auto map = [](OperatorSpec&, const Layer&) {};
  const auto whole = makeEngine(specFor(layers, false, map));
  EngineSpec spec = specFor(layers, false, map);
  spec.batch = 75;
  for (std::uint32_t i = 0; i < 75; ++i) spec.order.push_back(74 - i);
  const auto batched = makeEngine(spec);
  runWork(*whole, 1);
  runWork(*batched, 1);
  CHECK_EQUAL(batched->result().batches, std::size_t(1));
  const Read read{whole->result(), 75};
  for (std::size_t a = 0; a < 2; ++a) {
    for (std::size_t b = 0; b < 2; ++b) {
      const Real hsic = batched->result().batchHsic[a * 2 + b] * read.unit(a, b) * 75 * 72;
      CHECK(std::fabs(hsic - read.debiased(a, b)) <=
            1e-12L * std::fabs(read.debiased(a, a)) + 1e-12L * std::fabs(hsic));
    }
  }
}

TEST("engine: a cancelled work throws Cancelled out of its units and wakes those that wait") {
  std::vector<Layer> layers{makeLayer(203, 20, 0, 1, 1)};
  const auto work = makeEngine(specFor(layers, true, [](OperatorSpec&, const Layer&) {}));
  work->run(0, 0, 0);
  work->run(1, 0, 0);
  work->cancel();
  bool thrown = false;
  try {
    work->run(2, 0, 0);
  } catch (const Cancelled&) {
    thrown = true;
  }
  CHECK(thrown);
}
