#include "source.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <type_traits>

#include "../error.h"
#include "../simd/loops.h"
#include "unit_rows.h"

namespace gramian {

namespace {

// 2^k that brings a mean squared norm of `norm2` near 1; 0 for nothing to scale.
int exponentFor(double norm2) {
  if (!(norm2 > 0) || !std::isfinite(norm2)) return 0;
  return -static_cast<int>(std::lround(std::log2(norm2) / 2));
}

// Reading rows raw leaves products that are larger than the centred ones by at most this factor; more would cost
// digits.
constexpr double kHarmlessMean = 1.0;
// Raw f32 products must neither overflow nor become subnormal.
constexpr double kLargestRaw = 0x1p30, kSmallestRaw = 0x1p-30;

bool readable(const Source& source, TileType tile, double maxAbs, double meanCentredNorm2) {
  if (source.order && !source.order->empty()) return false;
  if (source.spec.kind != SourceSpec::Kind::features) return false;
  const bool sameType = (source.spec.view.dtype == DType::f32 && tile == TileType::f32) ||
                        (source.spec.view.dtype == DType::f64 && tile == TileType::f64);
  if (!sameType || source.meanNorm2 > kHarmlessMean * meanCentredNorm2) return false;
  return tile == TileType::f64 || (maxAbs < kLargestRaw && maxAbs > kSmallestRaw);
}

void takeFacts(Source& source) {
  const std::size_t n = source.samples;
  source.mean.assign(source.spec.mean, source.spec.mean + source.features);
  for (double m : source.mean) source.meanNorm2 += m * m;
  if (source.spec.constant >= 0) source.meanNorm2 = source.spec.constant;
  source.norm2.resize(n);
  source.dotMean.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    source.norm2[i] = source.spec.centredNorm2[source.sample(i)];
    source.dotMean[i] = source.spec.dotMean[source.sample(i)];
  }
}

// A Gram matrix is double-centred: a_i = m_i (its row means), c = −(its grand mean), t_i = K_ii − 2m_i + grand mean.
void findGram(Source& source, const Work& work) {
  const Loops& loop = loops();
  const std::size_t n = source.samples;
  std::vector<double> row(n);
  source.dotMean.resize(n);
  source.norm2.resize(n);
  double grand = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (work.cancelled()) throw Cancelled();
    loop.widen(source.row(i), source.spec.view.dtype, n, row.data());
    double sum = 0;
    for (double x : row) sum += x;
    source.dotMean[i] = sum / static_cast<double>(n);
    source.norm2[i] = row[source.sample(i)];
    grand += source.dotMean[i];
  }
  grand /= static_cast<double>(n);
  source.meanNorm2 = -grand;
  for (std::size_t i = 0; i < n; ++i) source.norm2[i] -= 2 * source.dotMean[i] - grand;
}

}  // namespace

void Source::read(std::size_t position, double* out) const {
  loops().widen(row(position), spec.view.dtype, features, out);
  if (rowNorm.empty()) return;
  const double shift = rowMean.empty() ? 0 : rowMean[position];
  for (std::size_t k = 0; k < features; ++k) out[k] = (out[k] - shift) / rowNorm[position];
}

template <class Real>
void Source::pack(std::size_t position, std::size_t from, std::size_t count, Real* out) const {
  const Loops& loop = loops();
  const void* x = static_cast<const std::uint8_t*>(row(position)) + from * sizeOf(spec.view.dtype);
  DType dtype = spec.view.dtype;
  std::vector<double> wide;
  if (!rowNorm.empty()) {
    wide.resize(count);
    loop.widen(x, dtype, count, wide.data());
    const double shift = rowMean.empty() ? 0 : rowMean[position];
    for (double& value : wide) value = (value - shift) / rowNorm[position];
    x = wide.data();
    dtype = DType::f64;
  }
  const double scale = std::ldexp(1.0, exponent);
  if constexpr (std::is_same<Real, float>::value) loop.packF32(x, dtype, count, mean.data() + from, scale, out);
  else loop.packF64(x, dtype, count, mean.data() + from, scale, out);
}
template void Source::pack(std::size_t, std::size_t, std::size_t, float*) const;
template void Source::pack(std::size_t, std::size_t, std::size_t, double*) const;

double Source::exactDistance2(std::size_t i, std::size_t j, std::vector<double>& scratch) const {
  scratch.resize(2 * features);
  double* x = scratch.data();
  double* y = x + features;
  read(i, x);
  read(j, y);
  const double scale = std::ldexp(1.0, exponent);
  double sum = 0;
  for (std::size_t k = 0; k < features; ++k) {
    const double difference = (x[k] - y[k]) * scale;
    sum += difference * difference;
  }
  return sum;
}

Source prepareSource(const SourceSpec& spec, std::size_t samples, const std::vector<std::uint32_t>* order,
                     TileType tile, const Work& work) {
  Source source;
  source.spec = spec;
  source.order = order;
  source.samples = samples;
  source.features = spec.view.cols;
  switch (spec.kind) {
    case SourceSpec::Kind::features: takeFacts(source); break;
    case SourceSpec::Kind::unitRows: findUnitRows(source, work); break;
    case SourceSpec::Kind::gram: findGram(source, work); break;
  }

  double size = 0;
  for (double t : source.norm2) size += std::fabs(t);
  size /= static_cast<double>(samples);
  // (A Gram matrix's entries are products already: they are scaled by 4^exponent.)
  source.exponent = exponentFor(size);
  double maxAbs = 0;
  if (spec.kind == SourceSpec::Kind::features) {
    for (std::size_t i = 0; i < samples; ++i) {
      maxAbs = std::max(maxAbs, std::sqrt(source.norm2[i]) + std::sqrt(source.meanNorm2));
    }
  }
  source.direct = readable(source, tile, maxAbs, size);

  const double factor = std::ldexp(1.0, 2 * source.exponent);
  source.meanNorm2 *= factor;
  source.shift.assign(samples, 0.0);
  for (std::size_t i = 0; i < samples; ++i) {
    source.norm2[i] *= factor;
    source.dotMean[i] *= factor;
    if (source.direct) source.shift[i] = source.dotMean[i] + source.meanNorm2 / 2;
  }
  return source;
}

}  // namespace gramian
