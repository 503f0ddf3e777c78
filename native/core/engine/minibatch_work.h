// The debiased HSIC of all pairs averaged over batches of the samples: the engine on the diagonal blocks alone.
#pragma once

#include <cmath>
#include <memory>
#include <vector>

#include "ordered_fold.h"
#include "prepared_work.h"
#include "producer.h"

namespace gramian {

struct BatchSums {
  std::vector<double> hsic;  // L×L, upper triangle
};

template <class Real>
class MinibatchWork : public PreparedWork {
 public:
  explicit MinibatchWork(EngineSpec spec)
      : PreparedWork(std::move(spec)), producers_(spec_.slots), fold_(4 * spec_.slots) {
    // No sample is dropped: as many whole batches as fit, the rest spread over them.
    const std::size_t n = spec_.samples, batches = std::max<std::size_t>(1, n / spec_.batch);
    for (std::size_t k = 0; k <= batches; ++k) edges_.push_back(n * k / batches);
    const std::size_t L = spec_.operators.size();
    result_.batches = batches;
    result_.batchHsic.assign(L * L, 0.0);
    result_.batchHsicError.assign(L * L, 0.0);
  }

  void finish() override {
    const std::size_t L = operators_.size();
    const double batches = static_cast<double>(result_.batches);
    for (std::size_t a = 0; a < L; ++a) {
      for (std::size_t b = a; b < L; ++b) {
        // Welford's sums, gathered batch by batch in `add`.
        double& error = result_.batchHsicError[a * L + b];
        error = batches > 1 ? std::sqrt(error / (batches - 1) / batches) : std::nan("");
        result_.batchHsicError[b * L + a] = error;
        result_.batchHsic[b * L + a] = result_.batchHsic[a * L + b];
      }
    }
  }

 protected:
  std::size_t mainUnits() const override { return result_.batches; }
  double rowSum(std::size_t, std::size_t) const override { return 0; }
  bool wantsMoments() const override { return false; }
  void onCancel() override { fold_.stop(); }

  void runMain(std::size_t unit, std::size_t slot) override {
    std::unique_ptr<Scratch>& scratch = producers_[slot];
    if (!scratch) scratch = std::make_unique<Scratch>(sources_, operators_, spec_.stack);
    try {
      std::unique_ptr<BatchSums> sums = fold_.borrow(unit);
      batchHsic(edges_[unit], edges_[unit + 1], *scratch, sums->hsic);
      fold_.commit(unit, std::move(sums), [this](std::size_t done, const BatchSums& part) { add(done, part.hsic); });
    } catch (...) {
      fold_.stop();
      throw;
    }
  }

 private:
  struct Scratch {
    Scratch(const std::vector<Source>& sources, const std::vector<Operator>& operators, StackType stack)
        : producer(sources, operators, stack) {}
    TileProducer<Real> producer;
    TileSums tile;
    std::vector<double> inner, rowSums, rowProducts;
    Aligned<char> stack;
  };

  // HSIC_u (Song et al. 2012) of every pair on samples [begin, end).
  void batchHsic(std::size_t begin, std::size_t end, Scratch& scratch, std::vector<double>& hsic) {
    const std::size_t L = operators_.size(), m = end - begin;
    scratch.inner.assign(L * L, 0.0);
    scratch.rowSums.assign(L * m, 0.0);
    for (const Tile& tile : lowerTriangle(begin, end, spec_.block)) {
      scratch.producer.run(tile, scratch.tile, [this] { return !cancelled(); });
      for (std::size_t k = 0; k < L * L; ++k) scratch.inner[k] += 2 * scratch.tile.inner[k];
      for (std::size_t l = 0; l < L; ++l) {
        double* line = scratch.rowSums.data() + l * m - begin;
        for (std::size_t i = 0; i < tile.rows; ++i) line[tile.row + i] += scratch.tile.rowSum[l * tile.rows + i];
        for (std::size_t j = 0; j < tile.cols; ++j) line[tile.col + j] += scratch.tile.colSum[l * tile.cols + j];
      }
    }
    scratch.rowProducts.assign(L * L, 0.0);
    loops().stackF64(scratch.rowSums.data(), L, m, m, scratch.rowProducts.data(), L,
                     scratch.stack.grow(loops().stackScratch(L)));
    std::vector<double> totals(L, 0.0);
    for (std::size_t l = 0; l < L; ++l) {
      for (std::size_t i = 0; i < m; ++i) totals[l] += scratch.rowSums[l * m + i];
    }
    const double size = static_cast<double>(m);
    hsic.resize(L * L);
    for (std::size_t a = 0; a < L; ++a) {
      for (std::size_t b = a; b < L; ++b) {
        const std::size_t k = a * L + b;
        hsic[k] = (scratch.inner[k] + totals[a] * totals[b] / ((size - 1) * (size - 2)) -
                   2 * scratch.rowProducts[k] / (size - 2)) /
                  (size * (size - 3));
      }
    }
  }

  void add(std::size_t done, const std::vector<double>& hsic) {
    const double count = static_cast<double>(done + 1);
    for (std::size_t k = 0; k < hsic.size(); ++k) {
      const double away = hsic[k] - result_.batchHsic[k];
      result_.batchHsic[k] += away / count;
      result_.batchHsicError[k] += away * (hsic[k] - result_.batchHsic[k]);
    }
  }

  std::vector<std::size_t> edges_;
  std::vector<std::unique_ptr<Scratch>> producers_;
  OrderedFold<BatchSums> fold_;
};

}  // namespace gramian
