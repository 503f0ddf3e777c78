#include "polynomial.h"

#include <cmath>

#include "../simd/loops.h"

namespace gramian {

namespace {

double power(double base, unsigned degree) {
  double result = 1;
  for (unsigned k = 0; k < degree; ++k) result *= base;
  return result;
}

}  // namespace

void preparePolynomial(const OperatorSpec& spec, const Source& source, Operator& op) {
  const std::size_t n = source.samples;
  op.degree = spec.degree;
  op.gamma = std::ldexp(spec.gamma, -2 * source.exponent);
  op.base = op.gamma * source.meanNorm2 + spec.offset;
  op.colOffset.resize(n);
  for (std::size_t i = 0; i < n; ++i) op.colOffset[i] = op.gamma * source.dotMean[i];

  // The diagonal by the same map as the tiles, one entry a row.
  op.diagonal = source.norm2;
  double scratch[4];
  double size = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const PolynomialRow row{op.degree, op.base, op.gamma, op.colOffset[i], &op.colOffset[i], 1.0};
    loops().polynomialRow(&op.diagonal[i], 1, row, scratch);
    size += std::fabs(op.diagonal[i]) / static_cast<double>(n);
  }
  const int exponent = size > 0 && std::isfinite(size) ? -static_cast<int>(std::lround(std::log2(size))) : 0;
  op.mapScale = std::ldexp(1.0, exponent);
  op.scale = std::ldexp(1.0, -exponent);
  op.offset.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    op.diagonal[i] *= op.mapScale;
    op.offset[i] = power(op.base + op.colOffset[i], op.degree) * op.mapScale;
  }
  op.constant = -power(op.base, op.degree) * op.mapScale;
}

}  // namespace gramian
