// All pairs in Gram space: every tile of the n×n index space once, for all operators at once.
#pragma once

#include <memory>
#include <vector>

#include "ordered_fold.h"
#include "prepared_work.h"
#include "producer.h"

namespace gramian {

template <class Real>
class GramWork : public PreparedWork {
 public:
  explicit GramWork(EngineSpec spec)
      : PreparedWork(std::move(spec)),
        tiles_(lowerTriangle(0, spec_.samples, spec_.block)),
        producers_(spec_.slots),
        fold_(4 * spec_.slots) {}

  void finish() override {
    // Only a ≤ b was summed, and each pair i ≠ j once.
    const std::size_t L = operators_.size();
    for (std::size_t a = 0; a < L; ++a) {
      for (std::size_t b = a; b < L; ++b) {
        result_.inner[a * L + b] *= 2;
        result_.inner[b * L + a] = result_.inner[a * L + b];
      }
    }
  }

 protected:
  void begin() override {
    const std::size_t L = spec_.operators.size();
    rowSums_.assign(L * spec_.samples, 0.0);
    result_.inner.assign(L * L, 0.0);
  }
  std::size_t mainUnits() const override { return tiles_.size(); }
  double rowSum(std::size_t op, std::size_t i) const override { return rowSums_[op * spec_.samples + i]; }
  void onCancel() override { fold_.stop(); }

  void runMain(std::size_t unit, std::size_t slot) override {
    std::unique_ptr<TileProducer<Real>>& producer = producers_[slot];
    if (!producer) producer = std::make_unique<TileProducer<Real>>(sources_, operators_, spec_.stack);
    try {
      std::unique_ptr<TileSums> sums = fold_.borrow(unit);
      producer->run(tiles_[unit], *sums, [this] { return !cancelled(); });
      fold_.commit(unit, std::move(sums), [this](std::size_t done, const TileSums& part) { add(tiles_[done], part); });
    } catch (...) {
      fold_.stop();
      throw;
    }
  }

 private:
  void add(const Tile& tile, const TileSums& part) {
    const std::size_t L = operators_.size(), n = spec_.samples;
    for (std::size_t k = 0; k < L * L; ++k) result_.inner[k] += part.inner[k];
    for (std::size_t l = 0; l < L; ++l) {
      double* line = rowSums_.data() + l * n;
      for (std::size_t i = 0; i < tile.rows; ++i) line[tile.row + i] += part.rowSum[l * tile.rows + i];
      for (std::size_t j = 0; j < tile.cols; ++j) line[tile.col + j] += part.colSum[l * tile.cols + j];
    }
  }

  std::vector<Tile> tiles_;
  std::vector<double> rowSums_;
  std::vector<std::unique_ptr<TileProducer<Real>>> producers_;
  OrderedFold<TileSums> fold_;
};

}  // namespace gramian
