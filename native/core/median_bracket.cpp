#include "median_bracket.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "blas.h"
#include "engine/aligned.h"
#include "engine/tile.h"
#include "error.h"
#include "simd/loops.h"

namespace gramian {

namespace {

constexpr std::size_t kBlock = 256;
// Pairs whose distances are sorted to guess where the median lies. The guess is off by √kSample/2 = 23 places as a
// rule; two and a half times that is allowed for, and much more when it was not enough.
constexpr std::size_t kSample = 2048;
constexpr std::size_t kMargins[] = {57, 250};
constexpr std::size_t kBins = 1024;

struct Near {
  std::uint32_t i, j;
  double low, high;  // bounds of the squared distance
};

class Bracket {
 public:
  Bracket(const MedianRequest& request, const Work& work)
      : request_(request),
        work_(work),
        n_(request.rows.empty() ? request.view.rows : request.rows.size()),
        d_(request.view.cols),
        x_(d_) {}

  std::optional<double> median() {
    const std::size_t pairs = n_ * (n_ - 1) / 2;
    if (pairs < 8 * kSample || !scale()) return std::nullopt;
    const std::vector<double> sample = takeSample();
    // Ranks of the two middle distances, of all and then of those that are near.
    const std::size_t first = (pairs - 1) / 2, second = pairs / 2;
    for (const std::size_t margin : kMargins) {
      from_ = sample[kSample / 2 - margin];
      to_ = sample[kSample / 2 + margin];
      collect();
      if (below_ <= first && below_ + near_.size() > second) return select(first - below_, second - below_);
    }
    return std::nullopt;
  }

 private:
  const void* row(std::size_t i) const { return request_.view.row(request_.rows.empty() ? i : request_.rows[i]); }

  // Rows in f32, centred and near 1 in size; norms and what rounding may do.
  bool scale() {
    std::vector<double> norm2(n_);
    double total = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      if (work_.cancelled()) throw Cancelled();
      loops().widen(row(i), request_.view.dtype, d_, x_.data());
      double dot = 0;
      loops().centredNorms(x_.data(), d_, 1, request_.mean, &norm2[i], &dot);
      total += norm2[i];
    }
    const double mean = total / static_cast<double>(n_);
    if (!(mean > 0) || !std::isfinite(mean)) return false;
    const double scale = std::ldexp(1.0, -static_cast<int>(std::lround(std::log2(mean) / 2)));
    unit_ = scale * scale;
    const double d = static_cast<double>(d_);
    // As in engine/neighbours/ranking.cpp: sums of d products in f32, and norms in f64.
    const double tileError = 0x1p-24 * (d + 8), lastError = 0x1p-53 * (8 * d + 64);
    panel_.grow(n_ * d_);
    low_.resize(n_);
    high_.resize(n_);
    slack_.resize(n_);
    for (std::size_t i = 0; i < n_; ++i) {
      loops().packF32(row(i), request_.view.dtype, d_, request_.mean, scale, panel_.data() + i * d_);
      const double size = norm2[i] * unit_;
      low_[i] = size * (1 - lastError);
      high_[i] = size * (1 + lastError);
      slack_[i] = std::sqrt(2 * (tileError + lastError) * size) * 1.01 + 0x1p-60;
    }
    return true;
  }

  double exact(std::size_t i, std::size_t j) {
    if (i != widened_) loops().widen(row(i), request_.view.dtype, d_, x_.data());
    widened_ = i;
    return loops().distance2(x_.data(), row(j), request_.view.dtype, d_) * unit_;
  }

  // Squared distances of pairs drawn at random, the same ones every time, in rising order.
  std::vector<double> takeSample() {
    std::vector<double> sample(kSample);
    std::uint64_t state = 1;
    const auto draw = [&](std::size_t bound) {
      // Knuth's generator (MMIX); the upper bits are the good ones.
      state = state * 6364136223846793005u + 1442695040888963407u;
      return static_cast<std::size_t>(state >> 33) % bound;
    };
    widened_ = n_;
    for (double& value : sample) {
      const std::size_t i = draw(n_), other = draw(n_ - 1);
      value = exact(i, other + (other >= i));
    }
    std::sort(sample.begin(), sample.end());
    return sample;
  }

  // Every pair once: how many are surely below the guess, and all that may be within.
  void collect() {
    Aligned<float> products(kBlock * kBlock);
    std::vector<double> low(kBlock), high(kBlock);
    std::vector<std::uint32_t> hits(kBlock);
    below_ = 0;
    near_.clear();
    for (const Tile& tile : lowerTriangle(0, n_, kBlock)) {
      if (work_.cancelled()) throw Cancelled();
      const float* left = panel_.data() + tile.row * d_;
      const float* right = panel_.data() + tile.col * d_;
      if (tile.diagonal()) syrkLower(tile.rows, d_, 1.0f, left, d_, 0.0f, products.data(), tile.cols);
      else gemm(false, true, tile.rows, tile.cols, d_, 1.0f, left, d_, right, d_, 0.0f, products.data(), tile.cols);
      for (std::size_t i = 0; i < tile.rows; ++i) {
        const std::size_t count = tile.diagonal() ? i : tile.cols, row = tile.row + i;
        const BoundRow bounds{low_[row],
                              high_[row],
                              slack_[row],
                              from_,
                              to_,
                              low_.data() + tile.col,
                              high_.data() + tile.col,
                              slack_.data() + tile.col};
        const std::size_t found = loops().boundRow(products.data() + i * tile.cols, count, bounds, low.data(),
                                                   high.data(), hits.data(), &below_);
        for (std::size_t k = 0; k < found; ++k) {
          const std::size_t j = hits[k];
          near_.push_back({static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(tile.col + j), low[j], high[j]});
        }
      }
      // Ties: nothing is gained.
      if (near_.size() > n_ * (n_ - 1) / 8) return;
    }
  }

  // The value below which `rank` of the bounds (and no more than a bin beyond) lie.
  template <class Bound>
  double edge(std::size_t rank, bool upper, Bound bound) const {
    std::vector<std::size_t> bins(kBins + 2, 0);
    const double width = (to_ - from_) / static_cast<double>(kBins);
    const auto binOf = [&](double value) {
      if (!(value >= from_)) return std::size_t(0);
      return value >= to_ ? kBins + 1 : std::min(kBins, 1 + static_cast<std::size_t>((value - from_) / width));
    };
    for (const Near& pair : near_) ++bins[binOf(bound(pair))];
    std::size_t bin = 0;
    for (std::size_t seen = bins[0]; seen <= rank; seen += bins[bin]) ++bin;
    // A bin to either side for the rounding of the edges.
    const double away = upper ? static_cast<double>(bin) + 1 : static_cast<double>(bin) - 2;
    return from_ + away * width;
  }

  std::optional<double> select(std::size_t first, std::size_t second) {
    if (!(to_ > from_)) return std::nullopt;
    const double lowest = edge(first, false, [](const Near& pair) { return pair.low; });
    const double highest = edge(second, true, [](const Near& pair) { return pair.high; });
    std::size_t under = 0;
    std::vector<double> values;
    const std::size_t most = std::max<std::size_t>(4096, near_.size() / 8);
    widened_ = n_;
    for (const Near& pair : near_) {
      if (pair.high < lowest) {
        ++under;
      } else if (!(pair.low > highest)) {
        if (values.size() == most) return std::nullopt;
        values.push_back(exact(pair.i, pair.j));
      }
    }
    if (under > first || under + values.size() <= second) return std::nullopt;
    std::sort(values.begin(), values.end());
    const double lower = values[first - under], upper = values[second - under];
    // What was counted below or left out above must be there.
    if (!(lower >= std::max(from_, lowest) && upper <= std::min(to_, highest))) return std::nullopt;
    return (std::sqrt(lower / unit_) + std::sqrt(upper / unit_)) / 2;
  }

  const MedianRequest& request_;
  const Work& work_;
  const std::size_t n_, d_;
  double unit_ = 1;  // squared distances times this are near 1
  Aligned<float> panel_;
  std::vector<double> low_, high_, slack_;
  std::vector<double> x_;  // row `widened_` in f64
  std::size_t widened_ = 0;
  double from_ = 0, to_ = 0;
  std::size_t below_ = 0;
  std::vector<Near> near_;
};

}  // namespace

std::optional<double> bracketedMedian(const MedianRequest& request, const Work& work) {
  return Bracket(request, work).median();
}

}  // namespace gramian
