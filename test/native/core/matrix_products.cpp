// Products of matrices by blocks, against three nested loops.
#include "spectral/matrix_products.h"

#include <cmath>
#include <random>
#include <vector>

#include "check.h"
#include "error.h"
#include "run_work.h"

using namespace gramian;

namespace {

template <class Real>
std::vector<Real> gaussian(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  std::vector<Real> values(count);
  for (Real& value : values) value = static_cast<Real>(normal(random));
  return values;
}

// The largest error of a product of columns [from, from + count) of a rows×cols matrix with a matrix of `width`
// columns.
template <class Real>
double worst(DType dtype, bool transposed, std::size_t rows, std::size_t cols, std::size_t from, std::size_t count,
             std::size_t width, std::size_t threads) {
  const std::size_t inner = transposed ? rows : count;
  const std::size_t height = transposed ? count : rows;
  const auto a = gaussian<Real>(rows * cols, 1);
  const auto b = gaussian<double>(inner * (width + 1), 2);
  std::vector<double> out(height * width, std::nan(""));
  MatrixProduct product;
  product.left = {a.data(), dtype, rows, cols};
  product.right = {b.data(), DType::f64, inner, width + 1};
  product.transposed = transposed;
  product.leftFrom = from;
  product.leftCount = count;
  product.rightCount = width;
  product.out = out.data();
  const auto work = makeProducts({product});
  runWork(*work, threads);
  double most = 0;
  for (std::size_t i = 0; i < height; ++i) {
    for (std::size_t j = 0; j < width; ++j) {
      double sum = 0;
      for (std::size_t k = 0; k < inner; ++k) {
        const std::size_t at = transposed ? k * cols + from + i : i * cols + from + k;
        sum += static_cast<double>(a[at]) * b[k * (width + 1) + j];
      }
      const double error = std::fabs(sum - out[i * width + j]);
      most = std::isnan(error) ? HUGE_VAL : std::max(most, error);
    }
  }
  return most;
}

}  // namespace

TEST("products of matrices are those of three nested loops, for either side and type") {
  // Sums of up to 700 products of size about 1: a few dozen roundings of 700.
  CHECK(worst<double>(DType::f64, true, 700, 300, 20, 270, 5, 1) < 1e-11);
  CHECK(worst<double>(DType::f64, false, 700, 300, 20, 270, 5, 2) < 1e-11);
  CHECK(worst<float>(DType::f32, true, 700, 300, 0, 300, 1, 2) < 1e-11);
  CHECK(worst<float>(DType::f32, false, 513, 3, 1, 2, 4, 1) < 1e-11);
  CHECK(worst<double>(DType::f64, true, 1, 1, 0, 1, 1, 1) < 1e-11);
}

TEST("a product that was cancelled stops") {
  const auto a = gaussian<double>(100, 1);
  std::vector<double> out(100);
  MatrixProduct product{{a.data(), DType::f64, 10, 10}, {a.data(), DType::f64, 10, 10}, true, 0, 10, 10, out.data()};
  const auto work = makeProducts({product});
  work->cancel();
  bool stopped = false;
  try {
    work->run(0, 0, 0);
  } catch (const Cancelled&) {
    stopped = true;
  }
  CHECK(stopped);
}
