#include "row_layers.h"

#include <algorithm>
#include <cmath>

namespace gramian {

void softmaxRow(std::size_t count, const double* in, double* out) {
  double most = in[0];
  for (std::size_t j = 1; j < count; ++j) most = std::max(most, in[j]);
  double sum = 0;
  for (std::size_t j = 0; j < count; ++j) sum += out[j] = std::exp(in[j] - most);
  for (std::size_t j = 0; j < count; ++j) out[j] /= sum;
}

void softmaxBackward(std::size_t count, const double* out, const double* dOut, double* dIn) {
  double mean = 0;
  for (std::size_t j = 0; j < count; ++j) mean += out[j] * dOut[j];
  for (std::size_t j = 0; j < count; ++j) dIn[j] = out[j] * (dOut[j] - mean);
}

namespace {

struct Normalisation {
  double mean;
  double scale;  // largest |x − mean|, or 1 where that is less: squares of what is divided by it do not overflow
  double root;   // √(variance + ε)/scale
};

Normalisation normalisationOf(const NetworkLayer& layer, const double* in) {
  const std::size_t count = layer.inputs;
  const double size = static_cast<double>(count);
  Normalisation found{0, 1, 0};
  for (std::size_t j = 0; j < count; ++j) found.mean += in[j] / size;
  for (std::size_t j = 0; j < count; ++j) found.scale = std::max(found.scale, std::fabs(in[j] - found.mean));
  double variance = 0;
  for (std::size_t j = 0; j < count; ++j) {
    const double away = (in[j] - found.mean) / found.scale;
    variance += away * away / size;
  }
  found.root = std::sqrt(variance + layer.parameter / found.scale / found.scale);
  return found;
}

}  // namespace

void layerNormRow(const NetworkLayer& layer, const double* in, double* out) {
  const Normalisation by = normalisationOf(layer, in);
  for (std::size_t j = 0; j < layer.inputs; ++j) {
    const double unit = (in[j] - by.mean) / by.scale / by.root;
    out[j] = (layer.weight ? layer.weight[j] * unit : unit) + (layer.bias ? layer.bias[j] : 0);
  }
}

// With u = (x − mean)/s and v = w∘dOut: (v − mean(v) − u·mean(u∘v))/s.
void layerNormBackward(const NetworkLayer& layer, const double* in, const double* dOut, double* dIn) {
  const Normalisation by = normalisationOf(layer, in);
  const std::size_t count = layer.inputs;
  double mean = 0, along = 0;
  for (std::size_t j = 0; j < count; ++j) {
    const double v = layer.weight ? layer.weight[j] * dOut[j] : dOut[j];
    dIn[j] = v;
    mean += v;
    along += v * ((in[j] - by.mean) / by.scale / by.root);
  }
  mean /= static_cast<double>(count);
  along /= static_cast<double>(count);
  for (std::size_t j = 0; j < count; ++j) {
    const double unit = (in[j] - by.mean) / by.scale / by.root;
    dIn[j] = (dIn[j] - mean - unit * along) / by.scale / by.root;
  }
}

}  // namespace gramian
