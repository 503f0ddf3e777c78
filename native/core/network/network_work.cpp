#include "network_work.h"

#include <algorithm>
#include <utility>

#include "../engine/aligned.h"
#include "../error.h"
#include "../widened_rows.h"

namespace gramian {

namespace {

// Rows that pass through the layers at a time.
constexpr std::size_t kRows = 128;

class NetworkWork : public Work {
 public:
  explicit NetworkWork(NetworkSpec spec)
      : spec_(std::move(spec)),
        widest_(widestRow(spec_.layers, spec_.features.cols)),
        width_(spec_.layers.empty() ? spec_.features.cols : spec_.layers.back().outputs) {}

  std::size_t phases() const override { return 1; }
  std::size_t units(std::size_t) const override { return (spec_.features.rows + kRows - 1) / kRows; }
  std::uint64_t total() const override { return units(0); }

  void run(std::size_t, std::size_t unit, std::size_t) override {
    const KeepGoing keepGoing = [this] {
      if (cancelled()) throw Cancelled();
    };
    const std::size_t first = unit * kRows, rows = std::min(kRows, spec_.features.rows - first);
    double* const out = spec_.out + first * width_;
    Aligned<double> widened, one, other;
    std::size_t stride;
    const double* in = widenedRows(spec_.features, first, rows, 0, spec_.features.cols, widened, stride);
    if (spec_.layers.empty()) std::copy(in, in + rows * width_, out);
    for (std::size_t l = 0; l < spec_.layers.size(); ++l) {
      const bool last = l + 1 == spec_.layers.size();
      double* const next = last ? out : (l % 2 == 0 ? one : other).grow(rows * widest_);
      forward(spec_.layers[l], rows, in, next, keepGoing);
      in = next;
    }
    advance();
  }

 private:
  const NetworkSpec spec_;
  const std::size_t widest_, width_;
};

}  // namespace

std::unique_ptr<Work> makeNetwork(NetworkSpec spec) { return std::make_unique<NetworkWork>(std::move(spec)); }

}  // namespace gramian
