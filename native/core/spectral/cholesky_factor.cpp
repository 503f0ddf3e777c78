#include "cholesky_factor.h"

#include <algorithm>
#include <cmath>

#include "../engine/aligned.h"
#include "../lapack.h"
#include "factor_output.h"
#include "ones_residual.h"
#include "orthonormal.h"
#include "strips.h"

namespace gramian {

namespace {

// Condition 10⁶ of the features, 10¹² of their covariance.
constexpr double kLeastReciprocal = 1e-12;
// For f32 one pass of CholeskyQR is enough up to here: it leaves an error of 2^-53 times the condition.
constexpr double kOnePass = 1e-6;

// What f32 rounds of the features and of the inverse factor comes back in W over the least singular value that features
// of norm 1 have: down to 0.03 it stays near 10⁻⁶. (The largest, often that of a mean far from 0, does no harm.)
constexpr double kInF32 = 1e-3;

// W = X·L⁻ᵀ in f32, into `output`: the inverse is small, and a product is several times faster than the solution.
void writeSolved(const FactorOutput& output, const Features& features, double* factor, const KeepGoing& keepGoing) {
  const std::size_t n = features.samples, d = features.kept();
  openColumns(output, d);
  invertLower(d, factor, d);
  keepGoing();
  Aligned<float> inverse(d * d), strip;
  for (std::size_t i = 0; i < d; ++i) {
    for (std::size_t j = 0; j < d; ++j) {
      inverse.data()[i * d + j] = j <= i ? static_cast<float>(factor[i * d + j]) : 0.0f;
    }
  }
  // Rows in strips that stay in the cache from reading X to telling the norms of W; columns in blocks: those of a block
  // need no more rows of L⁻ᵀ than the block's last one has.
  constexpr std::size_t kRows = 512, kBlock = 128;
  for (std::size_t row = 0; row < n; row += kRows) {
    const std::size_t rows = std::min(kRows, n - row);
    const double* x = features.x.data() + row * d;
    std::copy(x, x + rows * d, strip.grow(rows * d));
    float* w = static_cast<float*>(output.data) + row * output.cols;
    for (std::size_t begin = 0; begin < d; begin += kBlock) {
      const std::size_t count = std::min(kBlock, d - begin);
      keepGoing();
      gemm(false, true, rows, count, begin + count, 1.0f, strip.data(), d, inverse.data() + begin * d, d, 0.0f,
           w + begin, output.cols);
    }
    closeColumns(output, row, rows, n, d);
  }
}

// The covariance when every feature has norm 1 (van der Sluis 1969: its condition is within a factor d of the best that
// scaling can do, and what decides about the accuracy of the Cholesky factor).
struct Scaled {
  double reciprocal;  // of the condition, in the norm ‖·‖₁
  double least;       // 1/‖A⁻¹‖₁, at most the least eigenvalue
};

Scaled scaledCovariance(const Features& features, const double* covariance, const double* factor) {
  const std::size_t d = features.kept();
  std::vector<double> scale(d), sums(d, 0.0);
  for (std::size_t j = 0; j < d; ++j) scale[j] = 1 / std::sqrt(features.norm2[j]);
  Aligned<double> scaled(d * d);
  for (std::size_t i = 0; i < d; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      scaled.data()[i * d + j] = factor[i * d + j] * scale[i];
      const double entry = std::fabs(covariance[i * d + j]) * scale[i] * scale[j];
      sums[i] += entry;
      if (j < i) sums[j] += entry;
    }
  }
  const double norm = *std::max_element(sums.begin(), sums.end());
  const double reciprocal = reciprocalCondition(d, scaled.data(), d, norm);
  return {reciprocal, reciprocal * norm};
}

// Whether numpy's matrix_rank of the features as they are would find no zero either. Their least singular value is at
// least that of the scaled ones times the smallest norm.
bool certainRank(const Features& features, double reciprocal) {
  const auto [least, most] = std::minmax_element(features.norm2.begin(), features.norm2.end());
  const double size = static_cast<double>(std::max(features.samples, features.given));
  return std::sqrt(reciprocal * *least / *most) > 16 * size * 0x1p-52;
}

}  // namespace

bool choleskyFactor(const Features& features, const std::vector<FactorOutput>& outputs, const KeepGoing& keepGoing) {
  const std::size_t n = features.samples, d = features.kept();
  Aligned<double> covariance(d * d), factor(d * d);
  gramOfColumns(n, d, features.x.data(), covariance.data(), keepGoing);
  std::copy(covariance.data(), covariance.data() + d * d, factor.data());
  if (!cholesky(d, factor.data(), d)) return false;
  keepGoing();
  const auto [reciprocal, least] = scaledCovariance(features, covariance.data(), factor.data());
  if (!(reciprocal > kLeastReciprocal) || !certainRank(features, reciprocal)) return false;

  Aligned<double> w, ridge(d * d);
  for (const FactorOutput& output : outputs) {
    if (output.onesResidual) onesResidual(features, factor.data(), output.onesResidual);
    if (output.dtype == DType::f32 && least > kInF32) {
      if (output.kind == FactorOutput::Kind::ridge) {
        std::copy(covariance.data(), covariance.data() + d * d, ridge.data());
        const double added = std::ldexp(static_cast<double>(n) * output.kappa, 2 * features.exponent);
        for (std::size_t j = 0; j < d; ++j) ridge.data()[j * d + j] += added;
        if (!cholesky(d, ridge.data(), d)) return false;
      } else {
        std::copy(factor.data(), factor.data() + d * d, ridge.data());
      }
      writeSolved(output, features, ridge.data(), keepGoing);
      continue;
    }
    w.grow(n * d);
    std::copy(features.x.data(), features.x.data() + n * d, w.data());
    if (output.kind == FactorOutput::Kind::ridge) {
      std::copy(covariance.data(), covariance.data() + d * d, ridge.data());
      const double added = std::ldexp(static_cast<double>(n) * output.kappa, 2 * features.exponent);
      for (std::size_t j = 0; j < d; ++j) ridge.data()[j * d + j] += added;
      if (!cholesky(d, ridge.data(), d)) return false;
      solveTransposed(n, d, ridge.data(), w.data(), keepGoing);
    } else {
      solveTransposed(n, d, factor.data(), w.data(), keepGoing);
      if (output.dtype == DType::f64 || reciprocal < kOnePass) orthonormalise(n, d, w.data(), keepGoing);
    }
    writeColumns(output, n, d, w.data(), d, {}, keepGoing);
  }
  return true;
}

}  // namespace gramian
