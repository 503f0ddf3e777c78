// In phases: YᵀX of each block of target columns; the rotation or assignment of each pair; the size of what it gives,
// where a factor needs it; what is left over of each strip of rows.
#include "matching_fits.h"

#include <algorithm>
#include <utility>

#include "../blas.h"
#include "../engine/aligned.h"
#include "../error.h"
#include "../lapack.h"
#include "../linalg/assignment.h"
#include "../linalg/polar_factor.h"
#include "../spectral/strips.h"

namespace gramian {

namespace {

// Columns of a target, and rows of a pair, that one unit works on.
constexpr std::size_t kColumns = 256, kRows = 512;

// Of what a rotation gives on a strip of rows.
struct Sums {
  double square = 0;  // ‖SX‖²
  double inner = 0;   // ⟨SX, Y⟩
};

class MatchingFits : public MatchingWork {
 public:
  explicit MatchingFits(MatchingSpec spec)
      : spec_(std::move(spec)), samples_(spec_.sources.front().view.rows), residuals_(spec_.weights.size(), 0.0) {
    for (std::size_t pair = 0; pair < spec_.weights.size(); ++pair) {
      const std::size_t width = target(pair).view.cols;
      for (std::size_t at = 0; at < width; at += kColumns)
        blocks_.push_back({pair, at, std::min(kColumns, width - at)});
      for (std::size_t at = 0; at < samples_; at += kRows)
        strips_.push_back({pair, at, std::min(kRows, samples_ - at)});
    }
    sizes_.resize(spec_.scaled ? strips_.size() : 0);
    errors_.resize(strips_.size());
  }

  std::size_t phases() const override { return 4; }
  std::size_t units(std::size_t phase) const override {
    const std::size_t counts[4] = {blocks_.size(), spec_.weights.size(), sizes_.size(), strips_.size()};
    return counts[phase];
  }
  std::uint64_t total() const override { return blocks_.size() + spec_.weights.size() + strips_.size(); }
  const std::vector<double>& residuals() const override { return residuals_; }

  void run(std::size_t phase, std::size_t unit, std::size_t) override {
    if (phase == 0) cross(blocks_[unit]);
    else if (phase == 1) match(unit);
    else if (phase == 2) sizes_[unit] = size(strips_[unit]);
    else errors_[unit] = error(strips_[unit], factorOf(strips_[unit].pair));
    if (phase != 2) advance();
  }

  void finish() override {
    for (std::size_t k = 0; k < strips_.size(); ++k) residuals_[strips_[k].pair] += errors_[k];
    if (!spec_.scaled) return;
    for (std::size_t pair = 0; pair < spec_.weights.size(); ++pair) {
      const double factor = factorOf(pair);
      double* weights = spec_.weights[pair];
      for (std::size_t k = 0; k < target(pair).view.cols * source(pair).view.cols; ++k) weights[k] *= factor;
    }
  }

 private:
  struct Part {
    std::size_t pair, from, count;
  };

  const CentredMatrix& source(std::size_t pair) const { return spec_.sources[pair / spec_.targets.size()]; }
  const CentredMatrix& target(std::size_t pair) const { return spec_.targets[pair % spec_.targets.size()]; }
  KeepGoing keepGoing() const {
    return [this] {
      if (cancelled()) throw Cancelled();
    };
  }

  void cross(const Part& block) const {
    const std::size_t d1 = source(block.pair).view.cols;
    double* out = spec_.weights[block.pair] + block.from * d1;
    Aligned<double> x, y;
    forStrips(samples_, 2.0 * static_cast<double>(d1 * block.count), keepGoing(),
              [&](std::size_t begin, std::size_t count) {
                readBlock(source(block.pair), begin, count, 0, d1, x.grow(count * d1));
                readBlock(target(block.pair), begin, count, block.from, block.count, y.grow(count * block.count));
                gemm(true, false, block.count, d1, count, 1.0, y.data(), block.count, x.data(), d1,
                     begin == 0 ? 0.0 : 1.0, out, d1);
              });
  }

  void match(std::size_t pair) const {
    const std::size_t d1 = source(pair).view.cols, d2 = target(pair).view.cols;
    double* weights = spec_.weights[pair];
    if (spec_.kind == MatchingSpec::Kind::orthogonal) return polarFactor(d2, d1, weights, keepGoing());
    // ‖y − x‖² less ‖y‖², which every target costs in any case: a target without a source is predicted as 0.
    std::vector<double> square(d1, 0.0);
    Aligned<double> x(d1);
    for (std::size_t i = 0; i < samples_; ++i) {
      if (i % 64 == 0) keepGoing()();
      readBlock(source(pair), i, 1, 0, d1, x.data());
      for (std::size_t j = 0; j < d1; ++j) square[j] += x.data()[j] * x.data()[j];
    }
    const bool tall = d2 <= d1;
    const std::size_t rows = std::min(d1, d2), cols = std::max(d1, d2);
    Aligned<double> costs(rows * cols);
    for (std::size_t k = 0; k < d2; ++k) {
      for (std::size_t j = 0; j < d1; ++j) {
        costs.data()[tall ? k * cols + j : j * cols + k] = square[j] - 2 * weights[k * d1 + j];
      }
    }
    checkFinite(costs.data(), rows * cols);
    const std::vector<std::size_t> found = assign(rows, cols, costs.data(), keepGoing());
    std::fill(weights, weights + d2 * d1, 0.0);
    for (std::size_t row = 0; row < rows; ++row) weights[tall ? row * d1 + found[row] : found[row] * d1 + row] = 1;
  }

  // Calls body(x, y, rows) with rows of a strip.
  template <class Body>
  void forStrip(const Part& strip, Body body) const {
    const std::size_t d1 = source(strip.pair).view.cols, d2 = target(strip.pair).view.cols;
    Aligned<double> x, y;
    forStrips(strip.count, 2.0 * static_cast<double>(d1 * d2), keepGoing(), [&](std::size_t begin, std::size_t count) {
      readBlock(source(strip.pair), strip.from + begin, count, 0, d1, x.grow(count * d1));
      readBlock(target(strip.pair), strip.from + begin, count, 0, d2, y.grow(count * d2));
      body(x.data(), y.data(), count);
    });
  }

  Sums size(const Part& strip) const {
    const std::size_t d1 = source(strip.pair).view.cols, d2 = target(strip.pair).view.cols;
    Aligned<double> made;
    Sums sums;
    forStrip(strip, [&](const double* x, const double* y, std::size_t count) {
      gemm(false, true, count, d2, d1, 1.0, x, d1, spec_.weights[strip.pair], d1, 0.0, made.grow(count * d2), d2);
      sums.square += sumOfSquares(made.data(), count * d2);
      for (std::size_t k = 0; k < count * d2; ++k) sums.inner += made.data()[k] * y[k];
    });
    return sums;
  }

  double error(const Part& strip, double factor) const {
    const std::size_t d1 = source(strip.pair).view.cols, d2 = target(strip.pair).view.cols;
    double sum = 0;
    forStrip(strip, [&](const double* x, double* y, std::size_t count) {
      gemm(false, true, count, d2, d1, -factor, x, d1, spec_.weights[strip.pair], d1, 1.0, y, d2);
      sum += sumOfSquares(y, count * d2);
    });
    return sum;
  }

  // ⟨SX, Y⟩/‖SX‖²: the best factor of this S; 0 where there is nothing to multiply. Folded in the order of the strips.
  double factorOf(std::size_t pair) const {
    if (!spec_.scaled) return 1;
    Sums all;
    for (std::size_t k = 0; k < strips_.size(); ++k) {
      if (strips_[k].pair != pair) continue;
      all.square += sizes_[k].square;
      all.inner += sizes_[k].inner;
    }
    return all.square > 0 ? all.inner / all.square : 0;
  }

  const MatchingSpec spec_;
  const std::size_t samples_;
  std::vector<double> residuals_, errors_;
  std::vector<Part> blocks_, strips_;
  std::vector<Sums> sizes_;
};

}  // namespace

std::unique_ptr<MatchingWork> makeMatchingFits(MatchingSpec spec) {
  return std::make_unique<MatchingFits>(std::move(spec));
}

}  // namespace gramian
