// Pairs in feature space, for linear operators: ⟨K̃_a,K̃_b⟩ = ‖X̃_aᵀX̃_b‖², by blocks of columns, over strips of samples.
#pragma once

#include <algorithm>
#include <memory>
#include <vector>

#include "../blas.h"
#include "../error.h"
#include "aligned.h"
#include "prepared_work.h"

namespace gramian {

template <class Real>
class FeatureWork : public PreparedWork {
 public:
  explicit FeatureWork(EngineSpec spec) : PreparedWork(std::move(spec)), scratch_(spec_.slots) {
    const std::size_t L = spec_.operators.size();
    result_.inner.assign(L * L, 0.0);
    for (const Pair& pair : spec_.pairs) {
      const std::size_t columnsA = columns(pair.a), columnsB = columns(pair.b);
      for (std::size_t a = 0; a < columnsA; a += kColumns) {
        // XᵀX is symmetric: of a self pair only the blocks on and above the diagonal.
        for (std::size_t b = pair.a == pair.b ? a : 0; b < columnsB; b += kColumns) {
          blocks_.push_back({pair.a, pair.b, a, std::min(kColumns, columnsA - a), b, std::min(kColumns, columnsB - b)});
        }
      }
    }
    sums_.resize(blocks_.size());
    rowTotals_.resize(spec_.sources.size());
  }

  void finish() override {
    const std::size_t L = operators_.size();
    for (std::size_t k = 0; k < blocks_.size(); ++k) result_.inner[blocks_[k].a * L + blocks_[k].b] += sums_[k];
    for (const Pair& pair : spec_.pairs) {
      double& inner = result_.inner[pair.a * L + pair.b];
      inner -= result_.moments[(L + pair.a) * 3 * L + L + pair.b];  // the diagonals stay out
      result_.inner[pair.b * L + pair.a] = inner;
    }
  }

 protected:
  // First what the rows of each source sum to, then the blocks.
  std::size_t mainUnits() const override { return sources_.size() + blocks_.size(); }

  double rowSum(std::size_t op, std::size_t i) const override {
    return rowTotals_[operators_[op].source][i] - operators_[op].diagonal[i];
  }

  void runMain(std::size_t unit, std::size_t slot) override {
    if (unit < sources_.size()) findRowTotals(unit);
    else multiply(unit - sources_.size(), slot);
  }

 private:
  // ⟨x̃_i, Σ_j x̃_j⟩: almost nothing, for the rows are centred; but a mean that f64 cannot hold leaves something.
  void findRowTotals(std::size_t index) {
    const Source& source = sources_[index];
    const std::size_t d = source.features, n = spec_.samples;
    std::vector<double> row(d), total(d, 0.0);
    const auto read = [&](std::size_t i) {
      if (cancelled()) throw Cancelled();
      source.pack(i, 0, d, row.data());
    };
    for (std::size_t i = 0; i < n; ++i) {
      read(i);
      for (std::size_t j = 0; j < d; ++j) total[j] += row[j];
    }
    rowTotals_[index].resize(n);
    for (std::size_t i = 0; i < n; ++i) {
      read(i);
      for (std::size_t j = 0; j < d; ++j) rowTotals_[index][i] += row[j] * total[j];
    }
  }

  void multiply(std::size_t unit, std::size_t slot) {
    const Block& block = blocks_[unit];
    if (!scratch_[slot]) scratch_[slot] = std::make_unique<Scratch>();
    Scratch& scratch = *scratch_[slot];
    const std::size_t entries = block.countA * block.countB;
    double* sum = scratch.sum.grow(entries);
    std::fill(sum, sum + entries, 0.0);
    Real* product = scratch.product.grow(entries);
    for (std::size_t begin = 0; begin < spec_.samples; begin += kRows) {
      if (cancelled()) throw Cancelled();
      const std::size_t rows = std::min(kRows, spec_.samples - begin);
      const bool same = block.a == block.b && block.fromA == block.fromB;
      const Real* left = strip(block.a, begin, rows, block.fromA, block.countA, scratch.left);
      const Real* right = same ? left : strip(block.b, begin, rows, block.fromB, block.countB, scratch.right);
      gemm(true, false, block.countA, block.countB, rows, Real(1), left, block.countA, right, block.countB, Real(0),
           product, block.countB);
      for (std::size_t k = 0; k < entries; ++k) sum[k] += static_cast<double>(product[k]);
    }
    double squares = 0;
    for (std::size_t k = 0; k < entries; ++k) squares += sum[k] * sum[k];
    sums_[unit] = block.a == block.b && block.fromA != block.fromB ? 2 * squares : squares;
  }

  static constexpr std::size_t kColumns = 512, kRows = 1024;

  struct Block {
    std::size_t a, b, fromA, countA, fromB, countB;
  };
  struct Scratch {
    Aligned<Real> left, right, product;
    Aligned<double> sum;
  };

  std::size_t columns(std::size_t op) const { return spec_.sources[spec_.operators[op].source].view.cols; }

  const Real* strip(std::size_t op, std::size_t begin, std::size_t rows, std::size_t from, std::size_t count,
                    Aligned<Real>& scratch) {
    const Source& source = sources_[operators_[op].source];
    Real* out = scratch.grow(rows * count);
    for (std::size_t i = 0; i < rows; ++i) source.pack(begin + i, from, count, out + i * count);
    return out;
  }

  std::vector<Block> blocks_;
  std::vector<double> sums_;
  std::vector<std::vector<double>> rowTotals_;
  std::vector<std::unique_ptr<Scratch>> scratch_;
};

}  // namespace gramian
