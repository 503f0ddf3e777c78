// All pairs in Gram space: every tile of the n×n index space once, for all operators at once; nearest neighbours on the
// way.
#pragma once

#include <memory>
#include <vector>

#include "neighbours/search.h"
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
        fold_(4 * spec_.slots) {
    if (!spec_.neighbours.operators.empty()) {
      search_ = std::make_unique<NeighbourSearch>(spec_, sources_, operators_);
    }
  }

  void finish() override {
    // Only a ≤ b was summed, and each pair i ≠ j once.
    const std::size_t L = layers();
    for (std::size_t a = 0; a < L; ++a) {
      for (std::size_t b = a; b < L; ++b) {
        result_.inner[a * L + b] *= 2;
        result_.inner[b * L + a] = result_.inner[a * L + b];
      }
    }
  }

 protected:
  void begin() override {
    const std::size_t L = layers();
    if (search_) search_->allocate(result_);
    rowSums_.assign(L * spec_.samples, 0.0);
    result_.inner.assign(L * L, 0.0);
  }
  std::size_t mainUnits() const override { return tiles_.size(); }
  double rowSum(std::size_t op, std::size_t i) const override { return rowSums_[op * spec_.samples + i]; }
  bool wantsMoments() const override { return wantsTiles(); }
  std::size_t lastUnits() const override { return search_ ? search_->units() : 0; }
  void runLast(std::size_t unit) override { search_->finish(unit, *this, result_); }
  void onCancel() override { fold_.stop(); }

  void runMain(std::size_t unit, std::size_t slot) override {
    std::unique_ptr<TileProducer<Real>>& producer = producers_[slot];
    if (search_) search_->prepare();
    if (!producer) {
      producer = std::make_unique<TileProducer<Real>>(sources_, operators_, spec_.stack, search_.get(), wantsTiles());
    }
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
  bool wantsTiles() const { return spec_.space != Space::neighbours; }
  // Operators whose sums are taken.
  std::size_t layers() const { return wantsTiles() ? operators_.size() : 0; }

  void add(const Tile& tile, const TileSums& part) {
    const std::size_t L = layers(), n = spec_.samples;
    for (std::size_t k = 0; k < L * L; ++k) result_.inner[k] += part.inner[k];
    for (std::size_t l = 0; l < L; ++l) {
      double* line = rowSums_.data() + l * n;
      for (std::size_t i = 0; i < tile.rows; ++i) line[tile.row + i] += part.rowSum[l * tile.rows + i];
      for (std::size_t j = 0; j < tile.cols; ++j) line[tile.col + j] += part.colSum[l * tile.cols + j];
    }
  }

  std::unique_ptr<NeighbourSearch> search_;
  std::vector<Tile> tiles_;
  std::vector<double> rowSums_;
  std::vector<std::unique_ptr<TileProducer<Real>>> producers_;
  OrderedFold<TileSums> fold_;
};

}  // namespace gramian
