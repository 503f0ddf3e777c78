// What the resampling works share: the conditioned parts T of all operators are produced once, tile by tile, and kept
// in memory in whatever layout the work wants; then the work's own phases read them as often as they like.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "../engine/operator.h"
#include "../engine/ordered_fold.h"
#include "../engine/producer.h"
#include "../engine/source.h"
#include "../engine/tile.h"

namespace gramian {

// Phases 0 to 2: sources, operators, tiles. A work's own phases follow.
template <class Real>
class HeldWork : public Work {
 public:
  HeldWork(std::vector<SourceSpec> sources, std::vector<OperatorSpec> operators, std::size_t samples, std::size_t slots)
      : sourceSpecs_(std::move(sources)),
        operatorSpecs_(std::move(operators)),
        samples_(samples),
        sources_(sourceSpecs_.size()),
        operators_(operatorSpecs_.size()),
        producers_(slots),
        fold_(4 * slots) {}

  std::size_t phases() const override { return 3 + ownPhases(); }

  std::size_t units(std::size_t phase) const override {
    switch (phase) {
      case 0: return 1 + sourceSpecs_.size();
      case 1: return operatorSpecs_.size();
      case 2: return operatorSpecs_.empty() ? 0 : tiles_.size();
      default: return ownUnits(phase - 3);
    }
  }

  void run(std::size_t phase, std::size_t unit, std::size_t slot) override {
    switch (phase) {
      case 0:
        if (unit == 0) {
          begin();
          // A list of its own size: only once the operators themselves have turned out to fit.
          tiles_ = lowerTriangle(0, samples_, kBlock);
        } else sources_[unit - 1] = prepareSource(sourceSpecs_[unit - 1], samples_, nullptr, tileType(), *this);
        break;
      case 1: operators_[unit] = prepareOperator(operatorSpecs_[unit], sources_[operatorSpecs_[unit].source]); break;
      case 2: produce(unit, slot); break;
      default: runOwn(phase - 3, unit, slot);
    }
  }

 protected:
  // Before all else, on a thread of the pool: checks that would take long, and memory too large for the event loop's
  // thread to clear.
  virtual void begin() = 0;
  // Called from several threads, each with tiles of its own. Line l of `formed` is operator l's tile.
  virtual void keep(const Tile& tile, const Real* formed, std::size_t stride) = 0;
  virtual std::size_t ownPhases() const = 0;
  virtual std::size_t ownUnits(std::size_t phase) const = 0;
  virtual void runOwn(std::size_t phase, std::size_t unit, std::size_t slot) = 0;

  void onCancel() override { fold_.stop(); }
  void goOn() const {
    if (cancelled()) throw Cancelled();
  }

  // Calls put(i, j, p) for each entry p of a tile and the two places that it has in the symmetric matrix (i > j).
  template <class Put>
  static void eachEntry(const Tile& tile, Put put) {
    std::size_t p = 0;
    for (std::size_t i = 0; i < tile.rows; ++i) {
      const std::size_t count = tile.diagonal() ? i : tile.cols;
      for (std::size_t j = 0; j < count; ++j) put(tile.row + i, tile.col + j, p++);
    }
  }

  // Σ_{j≠i} T[i,j], in f64 before the tiles were rounded, as the engine has them.
  double rowSum(std::size_t op, std::size_t i) const { return rowSums_[op * samples_ + i]; }

  std::vector<SourceSpec> sourceSpecs_;
  std::vector<OperatorSpec> operatorSpecs_;
  std::size_t samples_;
  std::vector<Source> sources_;
  std::vector<Operator> operators_;

 private:
  // A stack of tiles of this side stays in the second-level cache for a few dozen operators.
  static constexpr std::size_t kBlock = 128;

  static constexpr TileType tileType() { return sizeof(Real) == sizeof(float) ? TileType::f32 : TileType::f64; }

  void produce(std::size_t unit, std::size_t slot) {
    std::unique_ptr<TileProducer<Real>>& producer = producers_[slot];
    if (!producer) producer = std::make_unique<TileProducer<Real>>(sources_, operators_, StackType::f64);
    try {
      std::unique_ptr<TileSums> sums = fold_.borrow(unit);
      const std::size_t stride = producer->form(tiles_[unit], *sums, [this] { return !cancelled(); });
      keep(tiles_[unit], producer->formed(), stride);
      fold_.commit(unit, std::move(sums), [this](std::size_t done, const TileSums& part) { add(tiles_[done], part); });
    } catch (...) {
      fold_.stop();
      throw;
    }
  }

  void add(const Tile& tile, const TileSums& part) {
    if (rowSums_.empty()) rowSums_.assign(operators_.size() * samples_, 0.0);
    for (std::size_t l = 0; l < operators_.size(); ++l) {
      double* line = rowSums_.data() + l * samples_;
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
