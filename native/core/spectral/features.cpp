#include "features.h"

#include <algorithm>
#include <cmath>

#include "../engine/source.h"
#include "../error.h"
#include "../simd/loops.h"

namespace gramian {

namespace {

// How rows are read: what each is multiplied by, and what is subtracted then.
struct Reading {
  std::vector<double> mean, rowScale;
  bool ones = false;  // unit rows that all point the same way: the kernel is 1 throughout
};

Reading readingOf(const SourceSpec& spec, std::size_t samples, bool centred, const Work& work) {
  Reading reading;
  if (spec.kind == SourceSpec::Kind::features) {
    reading.mean.assign(spec.mean, spec.mean + spec.view.cols);
  } else {
    Source source = prepareSource(spec, samples, nullptr, TileType::f64, work);
    reading.mean = std::move(source.mean);
    reading.rowScale = std::move(source.rowScale);
    reading.ones = !centred && std::all_of(reading.rowScale.begin(), reading.rowScale.end(),
                                           [](double scale) { return scale == 0; });
  }
  if (!centred) std::fill(reading.mean.begin(), reading.mean.end(), 0.0);
  return reading;
}

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

Features readFeatures(const SourceSpec& spec, std::size_t samples, bool centred, const Work& work) {
  const Loops& loop = loops();
  const std::size_t d = spec.view.cols;
  const Reading reading = readingOf(spec, samples, centred, work);
  Features features;
  features.samples = samples;
  features.given = d;
  double* x = features.x.grow(samples * d);
  double largest = 0;
  for (std::size_t i = 0; i < samples; ++i) {
    if (work.cancelled()) throw Cancelled();
    double* row = x + i * d;
    const double rowScale = reading.rowScale.empty() ? 1 : reading.rowScale[i];
    loop.packF64(spec.view.row(i), spec.view.dtype, d, reading.mean.data(), rowScale, 1, row);
    if (reading.ones) row[0] = 1;
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
