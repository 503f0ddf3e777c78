#include "operator_matrix.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "../engine/operator.h"
#include "../engine/producer.h"
#include "../engine/source.h"
#include "../engine/tile.h"

namespace gramian {

namespace {

constexpr std::size_t kBlock = 256;

// The conditioned part T, its diagonal included.
void fill(const std::vector<Source>& sources, const std::vector<Operator>& operators, std::size_t n, double* a,
          const Work& work) {
  TileProducer<double> producer(sources, operators, StackType::f64);
  TileSums sums;
  for (const Tile& tile : lowerTriangle(0, n, kBlock)) {
    producer.form(tile, sums, [&work] { return !work.cancelled(); });
    const double* from = producer.formed();
    for (std::size_t i = 0; i < tile.rows; ++i) {
      const std::size_t count = tile.diagonal() ? i : tile.cols;
      std::copy(from, from + count, a + (tile.row + i) * n + tile.col);
      from += count;
    }
  }
  for (std::size_t i = 0; i < n; ++i) a[i * n + i] = operators[0].diagonal[i];
}

// How large the numbers are whose rounding the entries carry. (A Gram matrix comes with its offsets, which its T has
// been rounded beside; other kernels never form them.)
double sizeOf(const Source& source, const Operator& op, std::size_t n, const double* a) {
  double most = 0, offset = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) most = std::max(most, std::fabs(a[i * n + j]));
  }
  if (source.spec.kind != SourceSpec::Kind::gram) return most;
  for (double x : op.offset) offset = std::max(offset, std::fabs(x));
  return most + 2 * offset + std::fabs(op.constant);
}

// HTH. What the operator splits off, a_i + a_j + c, is annihilated whether it is there or not.
void centre(std::size_t n, double* a) {
  std::vector<double> mean(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    double sum = 0;
    for (std::size_t j = 0; j < i; ++j) {
      sum += a[i * n + j];
      mean[j] += a[i * n + j];
    }
    mean[i] += sum + a[i * n + i];
  }
  double grand = 0;
  for (double& m : mean) grand += m /= static_cast<double>(n);
  grand /= static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) a[i * n + j] -= (mean[i] - grand) + mean[j];
  }
}

void restore(const Operator& op, std::size_t n, double* a) {
  for (std::size_t i = 0; i < n; ++i) {
    const double left = op.offset.empty() ? 0 : op.offset[i];
    for (std::size_t j = 0; j <= i; ++j) {
      a[i * n + j] += (op.offset.empty() ? 0 : left + op.offset[j]) + op.constant;
    }
  }
}

// A kernel that is constant leaves rounding and nothing else.
void clearNoise(std::size_t n, double noise, double* a) {
  for (std::size_t k = 0; k < n * n; ++k) {
    const std::size_t i = k / n;
    if (k % n <= i && !(std::fabs(a[k]) <= noise)) return;
  }
  std::fill(a, a + n * n, 0.0);
}

}  // namespace

OperatorMatrix operatorMatrix(const SourceSpec& source, const OperatorSpec& map, std::size_t samples, bool centred,
                              const Work& work) {
  std::vector<Source> sources;
  sources.push_back(prepareSource(source, samples, nullptr, TileType::f64, work));
  OperatorSpec own = map;
  own.source = 0;
  std::vector<Operator> operators;
  operators.push_back(prepareOperator(own, sources[0]));
  OperatorMatrix found;
  found.scale = operators[0].scale;
  double* a = found.lower.grow(samples * samples);
  fill(sources, operators, samples, a, work);
  found.noise = 4 * 0x1p-52 * sizeOf(sources[0], operators[0], samples, a);
  if (centred) centre(samples, a);
  else restore(operators[0], samples, a);
  clearNoise(samples, found.noise, a);
  for (std::size_t i = 0; i < samples; ++i) found.trace += a[i * samples + i];
  return found;
}

}  // namespace gramian
