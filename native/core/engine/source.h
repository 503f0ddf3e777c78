// A source made ready: where its rows are, what is subtracted from them, by which power of two they are scaled.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "spec.h"

namespace gramian {

// Vectors are in sample order as the engine visits it (EngineSpec::order applied) and in scaled units: inner products
// carry 4^exponent.
struct Source {
  SourceSpec spec;
  const std::vector<std::uint32_t>* order = nullptr;
  std::size_t samples = 0, features = 0;
  int exponent = 0;          // features are multiplied by 2^exponent, so that the mean centred squared norm is near 1
  bool direct = false;       // gemm may read the caller's rows as they lie
  std::vector<double> mean;  // d, of the rows after they are divided by `rowNorm`
  std::vector<double> rowMean;  // unitRows, rowCentred: what is subtracted from each entry of a row
  std::vector<double> rowNorm;  // unitRows: ‖x_i‖; +∞ for a row that has no direction
  std::vector<double> norm2;    // t_i = ‖x_i − μ‖²
  std::vector<double> dotMean;  // a_i = ⟨x_i − μ, μ⟩; Gram: row means
  std::vector<double> shift;  // what is subtracted from a tile's products: a_i + ‖μ‖²/2 where rows are read raw, else 0
  bool oneDirection = false;  // unitRows: all rows point the same way
  double meanNorm2 = 0;       // c = ‖μ‖²; Gram: −(grand mean)

  std::size_t sample(std::size_t position) const { return order && !order->empty() ? (*order)[position] : position; }
  const void* row(std::size_t position) const { return spec.view.row(sample(position)); }

  // Row in f64 as the definition has it: centred and divided by its norm where the kind says so, nothing else.
  void read(std::size_t position, double* out) const;
  // `count` columns of a row, the mean subtracted, scaled: what products are taken of.
  template <class Real>
  void pack(std::size_t position, std::size_t from, std::size_t count, Real* out) const;

  // x_i − x_j squared in f64 from the rows themselves, in scaled units: for near-duplicates, where norms and products
  // cancel.
  double exactDistance2(std::size_t i, std::size_t j, std::vector<double>& scratch) const;
};

// `work` is asked whether to go on.
Source prepareSource(const SourceSpec& spec, std::size_t samples, const std::vector<std::uint32_t>* order,
                     TileType tile, const Work& work);

}  // namespace gramian
