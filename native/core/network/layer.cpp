#include "layer.h"

#include <algorithm>

#include "../blas.h"
#include "../spectral/strips.h"
#include "activation.h"
#include "row_layers.h"

namespace gramian {

namespace {

template <class Activation>
void valuesOf(std::size_t count, double parameter, const double* in, double* out) {
  for (std::size_t k = 0; k < count; ++k) out[k] = Activation::value(in[k], parameter);
}

template <class Activation>
void derivativesOf(std::size_t count, double parameter, const double* in, const double* out, const double* dOut,
                   double* dIn) {
  for (std::size_t k = 0; k < count; ++k) dIn[k] = dOut[k] * Activation::derivative(in[k], out[k], parameter);
}

// In strips of the outputs: a wide layer takes long even for few rows.
void linearForward(const NetworkLayer& layer, std::size_t rows, const double* in, double* out,
                   const KeepGoing& keepGoing) {
  const std::size_t d = layer.inputs, t = layer.outputs;
  if (layer.bias) {
    for (std::size_t i = 0; i < rows; ++i) std::copy(layer.bias, layer.bias + t, out + i * t);
  }
  const double beta = layer.bias ? 1.0 : 0.0;
  forStrips(t, 2.0 * static_cast<double>(rows * d), keepGoing, [&](std::size_t begin, std::size_t count) {
    gemm(false, true, rows, count, d, 1.0, in, d, layer.weight + begin * d, d, beta, out + begin, t);
  });
}

void linearBackward(const NetworkLayer& layer, std::size_t rows, const double* dOut, double* dIn,
                    const KeepGoing& keepGoing) {
  const std::size_t d = layer.inputs, t = layer.outputs;
  forStrips(t, 2.0 * static_cast<double>(rows * d), keepGoing, [&](std::size_t begin, std::size_t count) {
    gemm(false, false, rows, d, count, 1.0, dOut + begin, t, layer.weight + begin * d, d, begin == 0 ? 0.0 : 1.0, dIn,
         d);
  });
}

}  // namespace

std::size_t widestRow(const NetworkLayers& layers, std::size_t inputs) {
  std::size_t widest = inputs;
  for (const NetworkLayer& layer : layers) widest = std::max(widest, layer.outputs);
  return widest;
}

void forward(const NetworkLayer& layer, std::size_t rows, const double* in, double* out, const KeepGoing& keepGoing) {
  if (keepGoing) keepGoing();
  const std::size_t width = layer.inputs, count = rows * width;
  switch (layer.kind) {
    case LayerKind::linear: return linearForward(layer, rows, in, out, keepGoing);
    case LayerKind::relu: return valuesOf<Relu>(count, 0, in, out);
    case LayerKind::leakyRelu: return valuesOf<LeakyRelu>(count, layer.parameter, in, out);
    case LayerKind::tanh: return valuesOf<Tanh>(count, 0, in, out);
    case LayerKind::sigmoid: return valuesOf<Sigmoid>(count, 0, in, out);
    case LayerKind::gelu: return valuesOf<Gelu>(count, 0, in, out);
    case LayerKind::geluTanh: return valuesOf<GeluTanh>(count, 0, in, out);
    case LayerKind::silu: return valuesOf<Silu>(count, 0, in, out);
    case LayerKind::softmax:
      for (std::size_t i = 0; i < rows; ++i) softmaxRow(width, in + i * width, out + i * width);
      return;
    case LayerKind::layerNorm:
      for (std::size_t i = 0; i < rows; ++i) layerNormRow(layer, in + i * width, out + i * width);
      return;
  }
}

void backward(const NetworkLayer& layer, std::size_t rows, const double* in, const double* out, const double* dOut,
              double* dIn, const KeepGoing& keepGoing) {
  if (keepGoing) keepGoing();
  const std::size_t width = layer.inputs, count = rows * width;
  switch (layer.kind) {
    case LayerKind::linear: return linearBackward(layer, rows, dOut, dIn, keepGoing);
    case LayerKind::relu: return derivativesOf<Relu>(count, 0, in, out, dOut, dIn);
    case LayerKind::leakyRelu: return derivativesOf<LeakyRelu>(count, layer.parameter, in, out, dOut, dIn);
    case LayerKind::tanh: return derivativesOf<Tanh>(count, 0, in, out, dOut, dIn);
    case LayerKind::sigmoid: return derivativesOf<Sigmoid>(count, 0, in, out, dOut, dIn);
    case LayerKind::gelu: return derivativesOf<Gelu>(count, 0, in, out, dOut, dIn);
    case LayerKind::geluTanh: return derivativesOf<GeluTanh>(count, 0, in, out, dOut, dIn);
    case LayerKind::silu: return derivativesOf<Silu>(count, 0, in, out, dOut, dIn);
    case LayerKind::softmax:
      for (std::size_t i = 0; i < rows; ++i) {
        softmaxBackward(width, out + i * width, dOut + i * width, dIn + i * width);
      }
      return;
    case LayerKind::layerNorm:
      for (std::size_t i = 0; i < rows; ++i) {
        layerNormBackward(layer, in + i * width, dOut + i * width, dIn + i * width);
      }
      return;
  }
}

}  // namespace gramian
