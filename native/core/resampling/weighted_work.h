// All weightings at once: wᵀ(A_a∘A_b)w by products of the weights with blocks of A_a∘A_b, and A·w by products of the
// weights with A.
#pragma once

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include "../blas.h"
#include "../error.h"
#include "../physical_memory.h"
#include "held_work.h"
#include "weighted_spec.h"

namespace gramian {

template <class Real>
class WeightedWork : public HeldWork<Real> {
 public:
  WeightedWork(WeightedSpec spec, WeightedOutput output)
      : HeldWork<Real>(std::move(spec.sources), std::move(spec.operators), spec.samples, spec.slots),
        spec_(std::move(spec)),
        output_(output),
        scratch_(spec_.slots) {
    const std::size_t bytes = std::max<std::size_t>(1, this->operatorSpecs_.size() * spec_.samples * sizeof(double));
    rowWeights_ = std::clamp<std::size_t>(kRowBytes / bytes, 4, 64);
  }

  std::uint64_t total() const override { return ownUnits(0); }

  void finish() override {
    for (std::size_t l = 0; l < this->operators_.size(); ++l) output_.scale[l] = this->operators_[l].scale;
  }

 protected:
  void begin() override {
    const std::size_t n = this->samples_, L = this->operatorSpecs_.size(), count = spec_.count * n;
    demandMemory(n, n, L * sizeof(Real));
    // The products are taken in Real, and a copy is what nobody else can change while it is read.
    Real* weights = weights_.grow(count);
    for (std::size_t k = 0; k < count; ++k) {
      if (!(spec_.weights[k] >= 0) || !std::isfinite(spec_.weights[k])) {
        throw CoreError("INVALID_ARGUMENT", "Expected finite weights of at least 0 for weights.");
      }
      weights[k] = static_cast<Real>(spec_.weights[k]);
    }
    held_.grow(L * n * n);
  }

  void keep(const Tile& tile, const Real* formed, std::size_t stride) override {
    const std::size_t n = this->samples_;
    const bool full = spec_.form == WeightedForm::full;
    for (std::size_t l = 0; l < this->operators_.size(); ++l) {
      const Operator& op = this->operators_[l];
      const auto offset = [&](std::size_t i) { return op.offset.empty() ? 0.0 : op.offset[i]; };
      Real* held = held_.data() + l * n * n;
      const Real* from = formed + l * stride;
      this->eachEntry(tile, [&](std::size_t i, std::size_t j, std::size_t p) {
        const Real value = full ? static_cast<Real>(from[p] + (offset(i) + offset(j) + op.constant)) : from[p];
        held[i * n + j] = held[j * n + i] = value;
      });
      for (std::size_t i = tile.row; tile.diagonal() && i < tile.row + tile.rows; ++i) {
        double value = op.diagonal[i];
        if (full) value += 2 * offset(i) + op.constant;
        if (spec_.form == WeightedForm::offDiagonal) value = 0;
        held[i * n + i] = static_cast<Real>(value);
      }
    }
  }

  std::size_t ownPhases() const override { return 1; }
  std::size_t ownUnits(std::size_t) const override { return rowUnits() + spec_.pairs.size() * formUnits(); }

  void runOwn(std::size_t, std::size_t unit, std::size_t slot) override {
    if (!scratch_[slot]) scratch_[slot] = std::make_unique<Scratch>();
    if (unit < rowUnits()) findRows(unit * rowWeights_, *scratch_[slot]);
    else findForm((unit - rowUnits()) / formUnits(), (unit - rowUnits()) % formUnits() * kFormWeights, *scratch_[slot]);
    this->advance();
  }

 private:
  // Weightings that share a block of A_a∘A_b; terms that are summed in Real; columns of a block, which with kTerms rows
  // stays in the second-level cache.
  static constexpr std::size_t kFormWeights = 512, kTerms = 512, kColumns = 128;
  // What A·w of all operators may take, a thread.
  static constexpr std::size_t kRowBytes = std::size_t(16) << 20;

  struct Scratch {
    Aligned<Real> block, product;
    Aligned<double> applied, weighted, inner;
  };

  std::size_t rowUnits() const { return (spec_.count + rowWeights_ - 1) / rowWeights_; }
  std::size_t formUnits() const { return (spec_.count + kFormWeights - 1) / kFormWeights; }

  void findForm(std::size_t index, std::size_t first, Scratch& scratch) {
    const std::size_t n = this->samples_, count = std::min(kFormWeights, spec_.count - first);
    const Pair& pair = spec_.pairs[index];
    const Real* a = held_.data() + pair.a * n * n;
    const Real* b = held_.data() + pair.b * n * n;
    const Real* weights = weights_.data() + first * n;
    double sums[kFormWeights] = {0};
    for (std::size_t column = 0; column < n; column += kColumns) {
      const std::size_t columns = std::min(kColumns, n - column);
      // A_a∘A_b is symmetric: what is left of the diagonal counts twice, what is right of it not at all.
      for (std::size_t row = column; row < n; row += kTerms) {
        this->goOn();
        const std::size_t rows = std::min(kTerms, n - row);
        Real* block = scratch.block.grow(kTerms * kColumns);
        for (std::size_t i = 0; i < rows; ++i) {
          const Real* x = a + (row + i) * n + column;
          const Real* y = b + (row + i) * n + column;
          Real* to = block + i * columns;
          const std::size_t left = std::min(columns, row + i - column);
          for (std::size_t j = 0; j < left; ++j) to[j] = 2 * x[j] * y[j];
          for (std::size_t j = left; j < columns; ++j) to[j] = j == row + i - column ? x[j] * y[j] : Real(0);
        }
        Real* product = scratch.product.grow(kFormWeights * kColumns);
        gemm(false, false, count, columns, rows, Real(1), weights + row, n, block, columns, Real(0), product, columns);
        for (std::size_t w = 0; w < count; ++w) {
          const Real* weight = weights + w * n + column;
          double sum = 0;
          for (std::size_t j = 0; j < columns; ++j) {
            sum += static_cast<double>(product[w * columns + j]) * static_cast<double>(weight[j]);
          }
          sums[w] += sum;
        }
      }
    }
    for (std::size_t w = 0; w < count; ++w) output_.quadratic[(first + w) * spec_.pairs.size() + index] = sums[w];
  }

  // A·w of every operator for a few weightings, and what is read off it.
  void findRows(std::size_t first, Scratch& scratch) {
    const std::size_t n = this->samples_, L = this->operators_.size(),
                      count = std::min(rowWeights_, spec_.count - first);
    const Real* weights = weights_.data() + first * n;
    double* applied = scratch.applied.grow(L * count * n);
    std::fill(applied, applied + L * count * n, 0.0);
    Real* product = scratch.product.grow(std::max(count * n, kFormWeights * kColumns));
    for (std::size_t l = 0; l < L; ++l) {
      for (std::size_t row = 0; row < n; row += kTerms) {
        this->goOn();
        const std::size_t rows = std::min(kTerms, n - row);
        gemm(false, false, count, n, rows, Real(1), weights + row, n, held_.data() + (l * n + row) * n, n, Real(0),
             product, n);
        double* to = applied + l * count * n;
        for (std::size_t k = 0; k < count * n; ++k) to[k] += static_cast<double>(product[k]);
      }
    }
    double* weighted = scratch.weighted.grow(L * n);
    double* inner = scratch.inner.grow(L * L);
    for (std::size_t w = 0; w < count; ++w) {
      this->goOn();
      const Real* weight = weights + w * n;
      for (std::size_t l = 0; l < L; ++l) {
        const double* from = applied + (l * count + w) * n;
        double total = 0;
        for (std::size_t i = 0; i < n; ++i) total += weighted[l * n + i] = static_cast<double>(weight[i]) * from[i];
        output_.totals[(first + w) * L + l] = total;
      }
      if (spec_.pairs.empty()) continue;
      gemm(false, true, L, L, n, 1.0, applied + w * n, count * n, weighted, n, 0.0, inner, L);
      double* rows = output_.rows + (first + w) * spec_.pairs.size();
      for (std::size_t k = 0; k < spec_.pairs.size(); ++k) rows[k] = inner[spec_.pairs[k].a * L + spec_.pairs[k].b];
    }
  }

  WeightedSpec spec_;
  WeightedOutput output_;
  std::size_t rowWeights_ = 1;
  Aligned<Real> weights_, held_;
  std::vector<std::unique_ptr<Scratch>> scratch_;
};

}  // namespace gramian
