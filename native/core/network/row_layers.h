// Layers that look at a whole row: softmax and layer normalisation.
#pragma once

#include <cstddef>

#include "layer.h"

namespace gramian {

// One row of `count` numbers each.
void softmaxRow(std::size_t count, const double* in, double* out);
void softmaxBackward(std::size_t count, const double* out, const double* dOut, double* dIn);

// w∘(x − mean)/√(variance + ε) + b with the variance of the population (divided by `count`).
void layerNormRow(const NetworkLayer& layer, const double* in, double* out);
void layerNormBackward(const NetworkLayer& layer, const double* in, const double* dOut, double* dIn);

}  // namespace gramian
