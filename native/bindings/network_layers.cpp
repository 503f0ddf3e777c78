#include "network_layers.h"

#include <climits>

#include "choose.h"

namespace gramian {

namespace {

constexpr Named<LayerKind> kinds[] = {
    {"linear", LayerKind::linear},        {"relu", LayerKind::relu},
    {"leaky_relu", LayerKind::leakyRelu}, {"tanh", LayerKind::tanh},
    {"sigmoid", LayerKind::sigmoid},      {"gelu", LayerKind::gelu},
    {"gelu_tanh", LayerKind::geluTanh},   {"silu", LayerKind::silu},
    {"softmax", LayerKind::softmax},      {"layer_norm", LayerKind::layerNorm},
};

NetworkLayer readLayer(const Fields& fields, std::size_t inputs, Pins& pins) {
  const LayerKind kind = choose(fields, "kind", kinds);
  if (kind == LayerKind::linear) {
    // BLAS counts in ints.
    return readLinear(fields, inputs, fields.size("outputs", 1, INT_MAX), pins);
  }
  NetworkLayer layer;
  layer.kind = kind;
  layer.inputs = layer.outputs = inputs;
  if (kind == LayerKind::leakyRelu) layer.parameter = fields.number("slope", 0);
  if (kind == LayerKind::layerNorm) {
    layer.parameter = fields.number("epsilon", 0);
    if (!(layer.parameter > 0)) refuse(fields.nameOf("epsilon"), "a number above 0");
    if (fields.has("weights")) layer.weight = fields.doubles("weights", inputs, pins);
    if (fields.has("bias")) layer.bias = fields.doubles("bias", inputs, pins);
  }
  return layer;
}

}  // namespace

NetworkLayer readLinear(const Fields& fields, std::size_t inputs, std::size_t outputs, Pins& pins) {
  NetworkLayer layer;
  layer.kind = LayerKind::linear;
  layer.inputs = inputs;
  layer.outputs = outputs;
  layer.weight = fields.doubles("weights", outputs * inputs, pins);
  if (fields.has("bias")) layer.bias = fields.doubles("bias", outputs, pins);
  return layer;
}

NetworkLayers readLayers(const Fields& fields, const char* key, std::size_t inputs, Pins& pins) {
  NetworkLayers layers;
  for (const Fields& layer : fields.list(key)) {
    layers.push_back(readLayer(layer, outputsOf(layers, inputs), pins));
  }
  return layers;
}

std::size_t outputsOf(const NetworkLayers& layers, std::size_t inputs) {
  return layers.empty() ? inputs : layers.back().outputs;
}

}  // namespace gramian
