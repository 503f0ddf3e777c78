#include "cross_kernel.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "../blas.h"
#include "../engine/aligned.h"
#include "../error.h"

namespace gramian {

namespace {

// Samples of one unit, and fitted rows of one product.
constexpr std::size_t kRows = 128, kStrip = 256;

// A distance that is this much smaller than the norms it is the difference of is found from the rows themselves.
constexpr double kNear = 1e-4;

using Kind = CrossKernel::Kind;

struct PreparedRows {
  Aligned<double> x;
  std::vector<double> norm2;
};

// (offset + t)^degree, or less offset^degree as t·Σ (offset + t)^k·offset^(degree − 1 − k), where nothing cancels.
double polynomial(const CrossKernel& kernel, double product) {
  const double t = kernel.gamma * product, base = kernel.offset + t;
  double power = 1, sum = 0, offsetPower = 1;
  for (unsigned k = 0; k < kernel.degree; ++k) {
    sum = sum * base + offsetPower;
    power *= base;
    offsetPower *= kernel.offset;
  }
  return kernel.relative ? t * sum : power;
}

class CrossKernelWork : public Work {
 public:
  explicit CrossKernelWork(const CrossKernelSpec& spec) : spec_(spec), width_(spec.fitted.view.cols) {}

  std::size_t phases() const override { return 2; }
  std::size_t units(std::size_t phase) const override { return phase == 0 ? 1 : strips(spec_.samples.view.rows); }
  std::uint64_t total() const override { return strips(spec_.samples.view.rows); }

  void run(std::size_t phase, std::size_t unit, std::size_t) override {
    if (phase == 0) {
      prepare(spec_.fitted, 0, spec_.fitted.view.rows, fitted_);
      return;
    }
    const std::size_t begin = unit * kRows;
    evaluate(begin, std::min(kRows, spec_.samples.view.rows - begin));
    advance();
  }

 private:
  static std::size_t strips(std::size_t rows) { return (rows + kRows - 1) / kRows; }

  void stopIfCancelled() const {
    if (cancelled()) throw Cancelled();
  }

  bool distances() const { return spec_.kernel.kind == Kind::rbf || spec_.kernel.kind == Kind::laplacian; }

  void prepare(const CentredMatrix& matrix, std::size_t begin, std::size_t rows, PreparedRows& to) const {
    double* x = to.x.grow(rows * width_);
    to.norm2.assign(rows, 0.0);
    for (std::size_t i = 0; i < rows; ++i) {
      if (i % 64 == 0) stopIfCancelled();
      double* row = x + i * width_;
      readBlock(matrix, begin + i, 1, 0, width_, row);
      if (spec_.kernel.kind == Kind::cosine) {
        double largest = 0;
        for (std::size_t j = 0; j < width_; ++j) largest = std::max(largest, std::fabs(row[j]));
        // Brought near 1 first, so that no square over- or underflows.
        const double inverse = largest > 0 ? 1 / largest : 0;
        for (std::size_t j = 0; j < width_; ++j) row[j] *= inverse;
        const double norm = std::sqrt(sumOfSquares(row, width_));
        for (std::size_t j = 0; j < width_ && norm > 0; ++j) row[j] /= norm;
      } else if (distances()) {
        to.norm2[i] = sumOfSquares(row, width_);
      }
    }
  }

  void evaluate(std::size_t begin, std::size_t rows) const {
    PreparedRows samples;
    prepare(spec_.samples, begin, rows, samples);
    const std::size_t n = spec_.fitted.view.rows, outputs = spec_.outputs;
    double* out = spec_.out + begin * outputs;
    Aligned<double> kernel(rows * kStrip);
    for (std::size_t at = 0; at < n; at += kStrip) {
      stopIfCancelled();
      const std::size_t count = std::min(kStrip, n - at);
      gemm(false, true, rows, count, width_, 1.0, samples.x.data(), width_, fitted_.x.data() + at * width_, width_, 0.0,
           kernel.data(), count);
      map(samples, rows, at, count, kernel.data());
      gemm(false, true, rows, outputs, count, 1.0, kernel.data(), count, spec_.dual + at, n, at == 0 ? 0.0 : 1.0, out,
           outputs);
    }
    for (std::size_t i = 0; spec_.bias && i < rows; ++i) {
      for (std::size_t j = 0; j < outputs; ++j) out[i * outputs + j] += spec_.bias[j];
    }
  }

  // Inner products of samples and the fitted rows [at, at + count) become the kernel's values.
  void map(const PreparedRows& samples, std::size_t rows, std::size_t at, std::size_t count, double* values) const {
    const CrossKernel& kernel = spec_.kernel;
    if (kernel.kind == Kind::polynomial) {
      for (std::size_t k = 0; k < rows * count; ++k) {
        values[k] = polynomial(kernel, values[k]);
      }
    }
    if (!distances()) return;
    const double rate = kernel.kind == Kind::rbf ? 0.5 / kernel.bandwidth / kernel.bandwidth : 1 / kernel.bandwidth;
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t j = 0; j < count; ++j) {
        double& value = values[i * count + j];
        const double sizes = samples.norm2[i] + fitted_.norm2[at + j];
        double distance2 = sizes - 2 * value;
        if (!(distance2 > kNear * sizes)) {
          distance2 = exactDistance2(samples.x.data() + i * width_, fitted_.x.data() + (at + j) * width_);
        }
        const double exponent = -rate * (kernel.kind == Kind::rbf ? distance2 : std::sqrt(distance2));
        value = kernel.relative ? std::expm1(exponent) : std::exp(exponent);
      }
    }
  }

  double exactDistance2(const double* x, const double* y) const {
    double sum = 0;
    for (std::size_t j = 0; j < width_; ++j) sum += (x[j] - y[j]) * (x[j] - y[j]);
    return sum;
  }

  const CrossKernelSpec spec_;
  const std::size_t width_;
  PreparedRows fitted_;
};

}  // namespace

std::unique_ptr<Work> makeCrossKernel(const CrossKernelSpec& spec) { return std::make_unique<CrossKernelWork>(spec); }

}  // namespace gramian
