#include "matrix_products.h"

#include <algorithm>
#include <utility>

#include "../blas.h"
#include "../engine/aligned.h"
#include "../error.h"
#include "../widened_rows.h"
#include "strips.h"

namespace gramian {

namespace {

// Rows of the result that one unit writes.
constexpr std::size_t kRows = 256;

class Products : public Work {
 public:
  explicit Products(std::vector<MatrixProduct> products) : products_(std::move(products)) {
    for (std::size_t p = 0; p < products_.size(); ++p) {
      for (std::size_t row = 0; row < resultRows(products_[p]); row += kRows) units_.push_back({p, row});
    }
  }

  std::size_t phases() const override { return 1; }
  std::size_t units(std::size_t) const override { return units_.size(); }
  std::uint64_t total() const override { return units_.size(); }

  void run(std::size_t, std::size_t unit, std::size_t) override {
    const MatrixProduct& product = products_[units_[unit].product];
    const std::size_t first = units_[unit].row;
    const std::size_t rows = std::min(kRows, resultRows(product) - first);
    if (product.transposed) columnsOfLeft(product, first, rows);
    else rowsOfLeft(product, first, rows);
    advance();
  }

 private:
  struct Unit {
    std::size_t product, row;
  };

  static std::size_t resultRows(const MatrixProduct& product) {
    return product.transposed ? product.leftCount : product.left.rows;
  }

  KeepGoing keepGoing() const {
    return [this] {
      if (cancelled()) throw Cancelled();
    };
  }

  void columnsOfLeft(const MatrixProduct& product, std::size_t first, std::size_t rows) const {
    const std::size_t cols = product.rightCount;
    double* out = product.out + first * cols;
    Aligned<double> left, right;
    const double flops = 2.0 * static_cast<double>(rows * cols);
    forStrips(product.left.rows, flops, keepGoing(), [&](std::size_t begin, std::size_t count) {
      std::size_t lda, ldb;
      const double* a = widenedRows(product.left, begin, count, product.leftFrom + first, rows, left, lda);
      const double* b = widenedRows(product.right, begin, count, 0, cols, right, ldb);
      gemm(true, false, rows, cols, count, 1.0, a, lda, b, ldb, begin == 0 ? 0.0 : 1.0, out, cols);
    });
  }

  void rowsOfLeft(const MatrixProduct& product, std::size_t first, std::size_t rows) const {
    const std::size_t cols = product.rightCount;
    double* out = product.out + first * cols;
    Aligned<double> left, right;
    const double flops = 2.0 * static_cast<double>(rows * cols);
    // Along the inner dimension, which is the long one: strips of it take the time that strips of rows would.
    forStrips(product.leftCount, flops, keepGoing(), [&](std::size_t begin, std::size_t count) {
      std::size_t lda, ldb;
      const double* a = widenedRows(product.left, first, rows, product.leftFrom + begin, count, left, lda);
      const double* b = widenedRows(product.right, begin, count, 0, cols, right, ldb);
      gemm(false, false, rows, cols, count, 1.0, a, lda, b, ldb, begin == 0 ? 0.0 : 1.0, out, cols);
    });
  }

  const std::vector<MatrixProduct> products_;
  std::vector<Unit> units_;
};

}  // namespace

std::unique_ptr<Work> makeProducts(std::vector<MatrixProduct> products) {
  return std::make_unique<Products>(std::move(products));
}

}  // namespace gramian
