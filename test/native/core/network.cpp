// Networks by blocks of rows, and their risk behind a linear map: against plain loops and differences of the risk
// itself.
#include <cmath>
#include <random>
#include <vector>

#include "check.h"
#include "error.h"
#include "network/network_work.h"
#include "run_work.h"

using namespace gramian;

namespace {

std::vector<double> gaussian(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  std::vector<double> values(count);
  for (double& value : values) value = normal(random);
  return values;
}

NetworkLayer plain(LayerKind kind, std::size_t width, double parameter = 0) {
  NetworkLayer layer;
  layer.kind = kind;
  layer.inputs = layer.outputs = width;
  layer.parameter = parameter;
  return layer;
}

// Every kind of layer, widths 5 → 4 → 6 → 3.
struct Network {
  std::vector<double> first = gaussian(4 * 5, 1), firstBias = gaussian(4, 2), second = gaussian(6 * 4, 3),
                      third = gaussian(3 * 6, 4), scale = gaussian(6, 5), shift = gaussian(6, 6);
  NetworkLayers layers;

  Network() {
    const auto linear = [](std::size_t inputs, std::size_t outputs, const double* weight, const double* bias) {
      NetworkLayer layer = plain(LayerKind::linear, inputs);
      layer.outputs = outputs;
      layer.weight = weight;
      layer.bias = bias;
      return layer;
    };
    NetworkLayer norm = plain(LayerKind::layerNorm, 6, 1e-3);
    norm.weight = scale.data();
    norm.bias = shift.data();
    layers = {linear(5, 4, first.data(), firstBias.data()),
              plain(LayerKind::gelu, 4),
              plain(LayerKind::leakyRelu, 4, 0.2),
              linear(4, 6, second.data(), nullptr),
              norm,
              plain(LayerKind::silu, 6),
              plain(LayerKind::geluTanh, 6),
              plain(LayerKind::tanh, 6),
              linear(6, 3, third.data(), nullptr),
              plain(LayerKind::sigmoid, 3),
              plain(LayerKind::softmax, 3)};
  }
};

// A risk of everything above behind S: 5×7 on n samples.
struct Problem {
  explicit Problem(std::size_t samples)
      : n(samples), f(gaussian(samples * 7, 11)), o(gaussian(samples * 5, 14)), y(gaussian(samples * 3, 12)) {}

  double risk(std::size_t threads, double* weightGradient = nullptr, double* biasGradient = nullptr) const {
    StitchedRiskSpec spec;
    spec.features = {f.data(), DType::f64, n, 7};
    spec.offsets = {o.data(), DType::f64, n, 5};
    spec.targets = {y.data(), DType::f64, n, 3};
    spec.stitcher = plain(LayerKind::linear, 7);
    spec.stitcher.outputs = 5;
    spec.stitcher.weight = s.data();
    spec.stitcher.bias = b.data();
    spec.layers = network.layers;
    spec.weightGradient = weightGradient;
    spec.biasGradient = biasGradient;
    const auto work = makeStitchedRisk(spec);
    runWork(*work, threads);
    return work->risk();
  }

  std::size_t n;
  std::vector<double> f, o, y, s = gaussian(5 * 7, 13), b = gaussian(5, 15);
  Network network;
};

double difference(Problem& problem, double& entry) {
  const double step = 1e-5, was = entry;
  entry = was + step;
  const double above = problem.risk(1);
  entry = was - step;
  const double below = problem.risk(1);
  entry = was;
  return (above - below) / (2 * step);
}

}  // namespace

TEST("the gradient of a network's risk behind a linear map is that of differences") {
  for (const std::size_t n : {std::size_t(1), std::size_t(9), std::size_t(300)}) {
    Problem problem(n);
    std::vector<double> weights(5 * 7), bias(5);
    problem.risk(2, weights.data(), bias.data());
    // Central differences with a step of 1e-5: errors of 1e-10 from third derivatives, of 1e-11 from rounding. Far
    // fewer than one sample in 300 comes within a step of the corner of leakyRelu.
    for (std::size_t k = 0; k < weights.size(); ++k) {
      CHECK(std::fabs(weights[k] - difference(problem, problem.s[k])) < 1e-7);
    }
    for (std::size_t k = 0; k < bias.size(); ++k) {
      CHECK(std::fabs(bias[k] - difference(problem, problem.b[k])) < 1e-7);
    }
  }
}

TEST("a network's risk and gradient have the same bits for any number of threads") {
  Problem problem(1000);
  std::vector<double> weights(5 * 7), bias(5), otherWeights(5 * 7), otherBias(5);
  const double risk = problem.risk(1, weights.data(), bias.data());
  CHECK_EQUAL(risk, problem.risk(4, otherWeights.data(), otherBias.data()));
  CHECK(weights == otherWeights);
  CHECK(bias == otherBias);
  // Without a gradient the sum is the same.
  CHECK_EQUAL(risk, problem.risk(3));
}

TEST("a network's output is that of its layers one after the other, in blocks or not, and of no layers the input") {
  const Network network;
  const std::size_t n = 300;
  const auto x = gaussian(n * 5, 7);
  std::vector<double> out(n * 3), row(3);
  NetworkSpec spec{{x.data(), DType::f64, n, 5}, network.layers, out.data()};
  runWork(*makeNetwork(spec), 2);
  for (std::size_t i : {std::size_t(0), std::size_t(127), std::size_t(128), n - 1}) {
    runWork(*makeNetwork({{x.data() + i * 5, DType::f64, 1, 5}, network.layers, row.data()}), 1);
    // Products of other shapes may be summed in another order.
    for (std::size_t j = 0; j < 3; ++j) CHECK(std::fabs(row[j] - out[i * 3 + j]) < 1e-14);
  }
  std::vector<double> same(n * 5);
  runWork(*makeNetwork({{x.data(), DType::f64, n, 5}, {}, same.data()}), 2);
  CHECK(same == x);
}

TEST("activations neither overflow nor turn into NaN, and NaN stays NaN") {
  const std::vector<double> x = {-1e308, -1e154, -750, -40, -0.0, 0, 40, 750, 1e154, 1e308};
  const std::vector<double> ones(x.size(), 1.0);
  std::vector<double> out(x.size()), slope(x.size());
  for (const LayerKind kind : {LayerKind::relu, LayerKind::leakyRelu, LayerKind::tanh, LayerKind::sigmoid,
                               LayerKind::gelu, LayerKind::geluTanh, LayerKind::silu, LayerKind::softmax}) {
    const NetworkLayer layer = plain(kind, x.size(), 0.5);
    forward(layer, 1, x.data(), out.data(), {});
    backward(layer, 1, x.data(), out.data(), ones.data(), slope.data(), {});
    for (std::size_t k = 0; k < x.size(); ++k) CHECK(std::isfinite(out[k]) && std::isfinite(slope[k]));
    const double nothing = std::nan("");
    double answer = 0;
    forward(plain(kind, 1, 0.5), 1, &nothing, &answer, {});
    CHECK(std::isnan(answer));
  }
  const std::vector<double> wide = {-1e300, 1e300, 0, 5};
  forward(plain(LayerKind::layerNorm, 4, 1e-5), 1, wide.data(), out.data(), {});
  for (std::size_t k = 0; k < 4; ++k) CHECK(std::isfinite(out[k]));
  const std::vector<double> alike = {3, 3, 3, 3};
  forward(plain(LayerKind::layerNorm, 4, 1e-5), 1, alike.data(), out.data(), {});
  for (std::size_t k = 0; k < 4; ++k) CHECK_EQUAL(out[k], 0.0);
}

TEST("a network that was cancelled stops") {
  const Network network;
  const auto x = gaussian(5, 7);
  std::vector<double> out(3);
  const auto work = makeNetwork({{x.data(), DType::f64, 1, 5}, network.layers, out.data()});
  work->cancel();
  bool stopped = false;
  try {
    work->run(0, 0, 0);
  } catch (const Cancelled&) {
    stopped = true;
  }
  CHECK(stopped);
}
