// What the pool runs of a network: its outputs, and the risk of a network that a linear map was put in front of.
#pragma once

#include <cstddef>
#include <memory>

#include "../matrix.h"
#include "../pool/work.h"
#include "layer.h"

namespace gramian {

// Layers must follow on each other: the first takes features.cols numbers, each other one what the one before gives.
struct NetworkSpec {
  MatrixView features;  // n×d
  NetworkLayers layers;
  double* out = nullptr;  // n×t
};

std::unique_ptr<Work> makeNetwork(NetworkSpec spec);

// R = (1/n)·Σ‖g(S·f_i + b + o_i) − y_i‖² and its gradient in S and b. The same bits for any number of threads.
struct StitchedRiskSpec {
  MatrixView features;               // F: n×d_1
  NetworkLayer stitcher;             // linear, d_2×d_1; its bias may be null
  MatrixView offsets;                // o: n×d_2; without data: none
  NetworkLayers layers;              // g
  MatrixView targets;                // Y: n×t
  double* weightGradient = nullptr;  // d_2×d_1, or null where none is wanted
  double* biasGradient = nullptr;    // d_2, or null
};

class StitchedRiskWork : public Work {
 public:
  // Once the work has ended.
  virtual double risk() const = 0;
};

std::unique_ptr<StitchedRiskWork> makeStitchedRisk(StitchedRiskSpec spec);

}  // namespace gramian
