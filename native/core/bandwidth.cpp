#include "bandwidth.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "blas.h"
#include "engine/aligned.h"
#include "engine/tile.h"
#include "error.h"
#include "median_bracket.h"
#include "simd/loops.h"

namespace gramian {

namespace {

constexpr std::size_t kBlock = 256;
// Below this share of the two norms a squared distance is computed from the rows themselves (see producer_impl.h's
// kNear).
constexpr double kNear = 0x1p-20;

double medianOf(std::vector<double>& values) {
  const std::size_t middle = values.size() / 2;
  std::nth_element(values.begin(), values.begin() + middle, values.end());
  const double upper = values[middle];
  if (values.size() % 2 == 1) return std::sqrt(upper);
  const double lower = *std::max_element(values.begin(), values.begin() + middle);
  return (std::sqrt(lower) + std::sqrt(upper)) / 2;
}

double exact(const double* x, const double* y, std::size_t d) {
  double sum = 0;
  for (std::size_t k = 0; k < d; ++k) sum += (x[k] - y[k]) * (x[k] - y[k]);
  return sum;
}

class Medians : public MedianWork {
 public:
  explicit Medians(std::vector<MedianRequest> requests)
      : requests_(std::move(requests)), medians_(requests_.size(), 0.0) {}

  std::size_t phases() const override { return 1; }
  std::size_t units(std::size_t) const override { return requests_.size(); }
  std::uint64_t total() const override { return requests_.size(); }
  const std::vector<double>& medians() const override { return medians_; }

  void run(std::size_t, std::size_t unit, std::size_t) override {
    const std::optional<double> found = bracketedMedian(requests_[unit], *this);
    medians_[unit] = found ? *found : median(requests_[unit]);
    advance();
  }

 private:
  // By f64 products and a selection among all distances.
  double median(const MedianRequest& request) {
    const std::size_t n = request.rows.empty() ? request.view.rows : request.rows.size();
    const std::size_t d = request.view.cols;
    if (n < 2) return 0;
    // Centred in f64 whatever the input: the bandwidth scales every number that follows.
    Aligned<double> centred(n * d), products(kBlock * kBlock);
    std::vector<double> norm2(n);
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t row = request.rows.empty() ? i : request.rows[i];
      double* x = centred.data() + i * d;
      loops().packF64(request.view.row(row), request.view.dtype, d, request.mean, 1, x);
      double dot = 0;
      for (std::size_t k = 0; k < d; ++k) dot += x[k] * x[k];
      norm2[i] = dot;
    }
    std::vector<double> squares;
    squares.reserve(n * (n - 1) / 2);
    for (const Tile& tile : lowerTriangle(0, n, kBlock)) {
      if (cancelled()) throw Cancelled();
      const double* left = centred.data() + tile.row * d;
      const double* right = centred.data() + tile.col * d;
      gemm(false, true, tile.rows, tile.cols, d, 1.0, left, d, right, d, 0.0, products.data(), tile.cols);
      for (std::size_t i = 0; i < tile.rows; ++i) {
        const std::size_t count = tile.diagonal() ? i : tile.cols;
        for (std::size_t j = 0; j < count; ++j) {
          const double both = norm2[tile.row + i] + norm2[tile.col + j];
          double d2 = both - 2 * products.data()[i * tile.cols + j];
          if (d2 < kNear * both) d2 = exact(left + i * d, right + j * d, d);
          // Entries near the largest double overflow to NaN, which no selection can be made among.
          squares.push_back(std::isnan(d2) ? std::numeric_limits<double>::infinity() : d2);
        }
      }
    }
    return medianOf(squares);
  }

  std::vector<MedianRequest> requests_;
  std::vector<double> medians_;
};

}  // namespace

std::unique_ptr<MedianWork> medianDistances(std::vector<MedianRequest> requests) {
  return std::make_unique<Medians>(std::move(requests));
}

}  // namespace gramian
