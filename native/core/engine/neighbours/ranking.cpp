#include "ranking.h"

#include <algorithm>
#include <cmath>

namespace gramian {

namespace {

double power(double base, unsigned degree) {
  double result = 1;
  for (unsigned k = 0; k < degree; ++k) result *= base;
  return result;
}

}  // namespace

Ranking::Kind rankingKind(const OperatorSpec& op, const SourceSpec& source) {
  if (source.kind == SourceSpec::Kind::gram) return Ranking::Kind::gram;
  switch (op.map) {
    case MapKind::linear: return Ranking::Kind::product;
    case MapKind::cosine: return Ranking::Kind::cosine;
    case MapKind::polynomial:
      return op.degree % 2 == 1 && op.gamma > 0 ? Ranking::Kind::product : Ranking::Kind::polynomial;
    default: return Ranking::Kind::distance;
  }
}

void prepareRanking(Ranking& ranking, const Source& source, const Operator& op, TileType tile) {
  const std::size_t n = source.samples;
  const double d = static_cast<double>(source.features), c = source.meanNorm2;
  // |error of a sum of d products| ≤ d·u·‖x‖‖y‖, a few more for what was rounded before it; and the same in f64 for
  // norms, means and the formulas that join them.
  const double tileError = std::sqrt((tile == TileType::f32 ? 0x1p-24 : 0x1p-53) * (d + 8));
  const double lastError = (8 * d + 64) * 0x1p-53;
  ranking.slack.resize(n);
  ranking.offset.assign(n, 0.0);
  ranking.base.assign(n, 0.0);
  ranking.unit = 1;
  for (std::size_t i = 0; i < n; ++i) {
    const double centred = source.norm2[i], a = source.dotMean[i];
    const double raw = std::max(0.0, centred + 2 * a + c);
    // What is multiplied with each other: rows as they lie, or centred ones. The last term is for what falls below the
    // smallest f32.
    const double rounded = tileError * std::sqrt(source.direct ? std::max(raw, centred) : centred) * 1.01 + 0x1p-60;
    const double size = std::sqrt(centred) + std::sqrt(c);
    ranking.slack[i] = rounded + std::sqrt(lastError) * size;
    switch (ranking.kind) {
      case Ranking::Kind::product:
        ranking.offset[i] = a;
        ranking.base[i] = a + c;
        ranking.unit = std::ldexp(1.0, -2 * source.exponent);
        break;
      case Ranking::Kind::distance:
        ranking.slack[i] *= std::sqrt(2.0);
        ranking.offset[i] = ranking.base[i] = lastError * centred;
        ranking.unit = std::ldexp(1.0, -2 * source.exponent);
        break;
      case Ranking::Kind::cosine:
        ranking.slack[i] *= op.weight[i];
        ranking.offset[i] = op.offset[i];
        ranking.base[i] = op.offset[i] + op.constant;
        break;
      case Ranking::Kind::polynomial: {
        const double steepness = std::sqrt(std::fabs(op.gamma));
        ranking.slack[i] = ranking.slack[i] * steepness + std::sqrt(0x1p-50 * std::fabs(op.base));
        break;
      }
      case Ranking::Kind::gram: break;
    }
  }
}

double kernelValue(const OperatorSpec& op, Ranking::Kind kind, double v) {
  switch (op.map) {
    case MapKind::rbf: return std::exp(v / (2 * op.bandwidth * op.bandwidth));
    case MapKind::laplacian: return std::exp(-std::sqrt(-v) / op.bandwidth);
    case MapKind::distance: return -std::sqrt(-v);
    case MapKind::polynomial: return power(kind == Ranking::Kind::product ? op.gamma * v + op.offset : v, op.degree);
    default: return v;
  }
}

}  // namespace gramian
