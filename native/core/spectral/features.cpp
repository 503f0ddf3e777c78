#include "features.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "../engine/source.h"
#include "../error.h"
#include "../simd/loops.h"

namespace gramian {

namespace {

// Rows as the kernel's definition has them, in f64, minus `mean`.
class Rows {
 public:
  Rows(const SourceSpec& spec, std::size_t samples, bool centred, const Work& work) : spec_(spec) {
    if (spec.kind == SourceSpec::Kind::features) {
      mean_.assign(spec.mean, spec.mean + spec.view.cols);
    } else {
      source_ = prepareSource(spec, samples, nullptr, TileType::f64, work);
      mean_ = source_.mean;
      // Unit rows that all point the same way are kept as zeros: the kernel is 1 throughout.
      ones_ = !centred && source_.oneDirection;
    }
    if (!centred) std::fill(mean_.begin(), mean_.end(), 0.0);
  }

  void read(std::size_t i, double* row) const {
    if (spec_.kind == SourceSpec::Kind::features) {
      loops().packF64(spec_.view.row(i), spec_.view.dtype, spec_.view.cols, mean_.data(), 1, row);
      return;
    }
    source_.read(i, row);
    for (std::size_t j = 0; j < mean_.size(); ++j) row[j] -= mean_[j];
    if (ones_) row[0] = 1;
  }

 private:
  const SourceSpec& spec_;
  Source source_;
  std::vector<double> mean_;
  bool ones_ = false;
};

// Keeps the columns that are not zero, in place.
void dropZeroColumns(Features& features) {
  const std::size_t n = features.samples, d = features.given;
  std::vector<double> norm2(d, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    const double* row = features.x.data() + i * d;
    for (std::size_t j = 0; j < d; ++j) norm2[j] += row[j] * row[j];
  }
  for (std::size_t j = 0; j < d; ++j) {
    if (norm2[j] == 0) continue;
    features.columns.push_back(static_cast<std::uint32_t>(j));
    features.norm2.push_back(norm2[j]);
    features.trace += norm2[j];
  }
  const std::size_t kept = features.kept();
  if (kept == d) return;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < kept; ++k) {
      features.x.data()[i * kept + k] = features.x.data()[i * d + features.columns[k]];
    }
  }
}

}  // namespace

Features readFeatures(const SourceSpec& spec, std::size_t samples, bool centred, const Work& work,
                      Aligned<double> memory) {
  const std::size_t d = spec.view.cols;
  const Rows rows(spec, samples, centred, work);
  Features features;
  features.samples = samples;
  features.given = d;
  features.x = std::move(memory);
  double* x = features.x.grow(samples * d);
  double largest = 0;
  for (std::size_t i = 0; i < samples; ++i) {
    if (work.cancelled()) throw Cancelled();
    double* row = x + i * d;
    rows.read(i, row);
    for (std::size_t j = 0; j < d; ++j) {
      const double size = std::fabs(row[j]);
      // In this order a NaN is kept.
      largest = size <= largest ? largest : size;
    }
  }
  if (!std::isfinite(largest)) throw CoreError("NON_FINITE", "The features have entries that are not finite numbers.");
  if (largest > 0) features.exponent = -std::ilogb(largest);
  // Only where squares would come near the ends of f64's range: a power of two changes nothing else.
  if (std::abs(features.exponent) < 64) {
    features.exponent = 0;
  } else {
    for (std::size_t k = 0; k < samples * d; ++k) x[k] = std::ldexp(x[k], features.exponent);
  }
  dropZeroColumns(features);
  return features;
}

}  // namespace gramian
