// The risk of a stitched network and its gradient in the stitcher, by back-propagation in blocks of rows.
#include <algorithm>
#include <utility>
#include <vector>

#include "../blas.h"
#include "../engine/aligned.h"
#include "../error.h"
#include "../spectral/strips.h"
#include "../widened_rows.h"
#include "network_work.h"

namespace gramian {

namespace {

// Rows that pass through the layers at a time, and rows of the gradient in S that one unit writes.
constexpr std::size_t kRows = 128, kGradientRows = 64;

// First the rows, block by block: the risk of each and D, its derivative in S·f + b (n×d_2, held as a whole). Then DᵀF
// by rows of the result, each of which one unit sums over all samples in their order.
class StitchedRisk : public StitchedRiskWork {
 public:
  explicit StitchedRisk(StitchedRiskSpec spec)
      : spec_(std::move(spec)),
        samples_(spec_.features.rows),
        inputs_(spec_.stitcher.inputs),
        middle_(spec_.stitcher.outputs),
        outputs_(spec_.targets.cols),
        widest_(std::max(widestRow(spec_.layers, middle_), outputs_)),
        blocks_((samples_ + kRows - 1) / kRows),
        risks_(blocks_) {
    if (wantsGradient()) derivative_.grow(samples_ * middle_);
  }

  std::size_t phases() const override { return wantsGradient() ? 2 : 1; }
  std::size_t units(std::size_t phase) const override { return phase == 0 ? blocks_ : gradientUnits(); }
  std::uint64_t total() const override { return blocks_ + (wantsGradient() ? gradientUnits() : 0); }

  void run(std::size_t phase, std::size_t unit, std::size_t) override {
    if (phase == 0) runRows(unit);
    else runGradient(unit);
    advance();
  }

  void finish() override {
    for (const double risk : risks_) risk_ += risk;
    risk_ /= static_cast<double>(samples_);
  }

  double risk() const override { return risk_; }

 private:
  bool wantsGradient() const { return spec_.weightGradient != nullptr; }
  std::size_t gradientUnits() const { return (middle_ + kGradientRows - 1) / kGradientRows; }

  KeepGoing keepGoing() const {
    return [this] {
      if (cancelled()) throw Cancelled();
    };
  }

  void runRows(std::size_t unit) {
    const std::size_t first = unit * kRows, rows = std::min(kRows, samples_ - first);
    const std::size_t depth = spec_.layers.size();
    Aligned<double> source, goal;
    // values[l]: what layer l is given; the last: what the network gives.
    std::vector<Aligned<double>> values(depth + 1);
    std::size_t stride;
    const double* f = widenedRows(spec_.features, first, rows, 0, inputs_, source, stride);
    double* z = values[0].grow(rows * middle_);
    forward(spec_.stitcher, rows, f, z, keepGoing());
    if (spec_.offsets.data) {
      const double* offsets = widenedRows(spec_.offsets, first, rows, 0, middle_, source, stride);
      for (std::size_t k = 0; k < rows * middle_; ++k) z[k] += offsets[k];
    }
    for (std::size_t l = 0; l < depth; ++l) {
      const NetworkLayer& layer = spec_.layers[l];
      forward(layer, rows, values[l].data(), values[l + 1].grow(rows * layer.outputs), keepGoing());
    }
    const double* y = widenedRows(spec_.targets, first, rows, 0, outputs_, goal, stride);
    Aligned<double> one(rows * widest_), other(rows * widest_);
    double* d = one.data();
    double* next = other.data();
    const double* g = values[depth].data();
    const double factor = 2 / static_cast<double>(samples_);
    double risk = 0;
    for (std::size_t k = 0; k < rows * outputs_; ++k) {
      const double away = g[k] - y[k];
      risk += away * away;
      d[k] = factor * away;
    }
    risks_[unit] = risk;
    if (!wantsGradient()) return;
    for (std::size_t l = depth; l-- > 0;) {
      backward(spec_.layers[l], rows, values[l].data(), values[l + 1].data(), d, next, keepGoing());
      std::swap(d, next);
    }
    std::copy(d, d + rows * middle_, derivative_.data() + first * middle_);
  }

  void runGradient(std::size_t unit) {
    const std::size_t first = unit * kGradientRows, rows = std::min(kGradientRows, middle_ - first);
    double* out = spec_.weightGradient + first * inputs_;
    Aligned<double> widened;
    const double flops = 2.0 * static_cast<double>(rows * inputs_);
    forStrips(samples_, flops, keepGoing(), [&](std::size_t begin, std::size_t count) {
      std::size_t stride;
      const double* f = widenedRows(spec_.features, begin, count, 0, inputs_, widened, stride);
      gemm(true, false, rows, inputs_, count, 1.0, derivative_.data() + begin * middle_ + first, middle_, f, stride,
           begin == 0 ? 0.0 : 1.0, out, inputs_);
    });
    if (!spec_.biasGradient) return;
    double* bias = spec_.biasGradient + first;
    std::fill(bias, bias + rows, 0.0);
    for (std::size_t i = 0; i < samples_; ++i) {
      const double* d = derivative_.data() + i * middle_ + first;
      for (std::size_t j = 0; j < rows; ++j) bias[j] += d[j];
    }
  }

  const StitchedRiskSpec spec_;
  const std::size_t samples_, inputs_, middle_, outputs_, widest_, blocks_;
  std::vector<double> risks_;
  Aligned<double> derivative_;
  double risk_ = 0;
};

}  // namespace

std::unique_ptr<StitchedRiskWork> makeStitchedRisk(StitchedRiskSpec spec) {
  return std::make_unique<StitchedRisk>(std::move(spec));
}

}  // namespace gramian
