// The layers of a feed-forward network, each a function of rows, and their derivatives.
#pragma once

#include <cstddef>
#include <vector>

#include "../lapack_eigen.h"

namespace gramian {

enum class LayerKind { linear, relu, leakyRelu, tanh, sigmoid, gelu, geluTanh, silu, softmax, layerNorm };

// Whoever makes a layer keeps its numbers alive and unchanged for as long as it is used.
struct NetworkLayer {
  LayerKind kind = LayerKind::linear;
  std::size_t inputs = 0, outputs = 0;  // the same but for linear layers
  const double* weight = nullptr;       // linear: outputs×inputs; layerNorm: one a feature, or null for ones
  const double* bias = nullptr;         // one an output, or null
  double parameter = 0;                 // leakyRelu: the slope below 0; layerNorm: ε
};

using NetworkLayers = std::vector<NetworkLayer>;

// The widest row that passes through the layers, `inputs` and the output among them.
std::size_t widestRow(const NetworkLayers& layers, std::size_t inputs);

// `out` (rows×outputs) of `in` (rows×inputs), contiguous; they must not overlap. `keepGoing` is asked every few
// milliseconds.
void forward(const NetworkLayer& layer, std::size_t rows, const double* in, double* out, const KeepGoing& keepGoing);

// Of a sum over the rows: dIn, its derivative in `in`, from dOut, that in `out`. At a corner of relu and leakyRelu the
// derivative from the left.
void backward(const NetworkLayer& layer, std::size_t rows, const double* in, const double* out, const double* dOut,
              double* dIn, const KeepGoing& keepGoing);

}  // namespace gramian
