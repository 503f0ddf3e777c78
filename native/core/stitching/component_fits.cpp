// In phases: leverages of each source; C and what the criterion sums of each block of target columns; λ and rank of
// each pair; weights and what is left over of each block.
#include "component_fits.h"

#include <algorithm>
#include <utility>

#include "../blas.h"
#include "../engine/aligned.h"
#include "../error.h"
#include "../spectral/strips.h"
#include "cut_rank.h"
#include "leave_one_out.h"
#include "shrinkage.h"

namespace gramian {

namespace {

// Columns of a target that one unit works on.
constexpr std::size_t kBlock = 512;

// ‖Y‖² − ‖UᵀY‖² keeps eleven digits of a residual that is at least this share of ‖Y‖²; a smaller one is measured.
constexpr double kCancelled = 1e-4;

// Dual coefficients of a centred kernel sum to 0. Eigenvectors of its least eigenvalues are orthogonal to the ones only
// as far as rounding of the kernel allows, and have the largest coefficients.
void centreRows(std::size_t rows, std::size_t cols, double* values) {
  for (std::size_t i = 0; i < rows; ++i) {
    double* row = values + i * cols;
    double sum = 0;
    for (std::size_t j = 0; j < cols; ++j) sum += row[j];
    for (std::size_t j = 0; j < cols; ++j) row[j] -= sum / static_cast<double>(cols);
  }
}

class ComponentFits : public ComponentWork {
 public:
  explicit ComponentFits(ComponentSpec spec)
      : spec_(std::move(spec)),
        samples_(spec_.sources.front().basis.rows),
        remaining_(spec_.sources.size()),
        fits_(spec_.sources.size() * spec_.targets.size()),
        state_(fits_.size()) {
    for (std::size_t pair = 0; pair < fits_.size(); ++pair) {
      state_[pair].c.grow(std::max<std::size_t>(source(pair).rank, 1) * width(pair));
      for (std::size_t from = 0; from < width(pair); from += kBlock) {
        blocks_.push_back({pair, from, std::min(kBlock, width(pair) - from), {}, 0, 0, 0});
        state_[pair].blocks.push_back(blocks_.size() - 1);
      }
    }
  }

  std::size_t phases() const override { return 4; }
  std::size_t units(std::size_t phase) const override {
    if (phase == 0) return spec_.criterion == Criterion::leaveOneOut ? spec_.sources.size() : 0;
    return phase == 2 ? fits_.size() : blocks_.size();
  }
  std::uint64_t total() const override { return 2 * blocks_.size(); }
  const std::vector<ComponentFit>& fits() const override { return fits_; }

  void run(std::size_t phase, std::size_t unit, std::size_t) override {
    if (phase == 0) {
      remaining_[unit] = remainingShares(componentsOf(unit), pathOf(unit), spec_.biased, keepGoing());
    } else if (phase == 1) {
      project(blocks_[unit]);
    } else if (phase == 2) {
      decide(unit);
    } else {
      write(blocks_[unit]);
    }
    if (phase % 2 == 1) advance();
  }

  void finish() override {
    for (std::size_t pair = 0; pair < fits_.size(); ++pair) {
      if (!state_[pair].measured) continue;
      for (std::size_t block : state_[pair].blocks) fits_[pair].residual += blocks_[block].residual;
    }
  }

 private:
  struct Block {
    std::size_t pair, from, cols;
    std::vector<double> criterion;  // one a λ: this block's part
    double square, explained, residual;
  };
  struct State {
    std::vector<std::size_t> blocks;
    Aligned<double> c;  // Cᵀ: d_2×rank, whose rows a block has to itself
    bool measured = false;
  };

  std::size_t sourceOf(std::size_t pair) const { return pair / spec_.targets.size(); }
  const ComponentSource& source(std::size_t pair) const { return spec_.sources[sourceOf(pair)]; }
  const CentredMatrix& target(std::size_t pair) const { return spec_.targets[pair % spec_.targets.size()]; }
  std::size_t width(std::size_t pair) const { return target(pair).view.cols; }
  Components componentsOf(std::size_t index) const {
    const ComponentSource& from = spec_.sources[index];
    return {static_cast<const double*>(from.basis.data), from.basis.cols, samples_, from.rank, from.eigenvalues};
  }
  // nλ of each λ.
  std::vector<double> pathOf(std::size_t index) const {
    const double* given = spec_.sources[index].path;
    std::vector<double> path(given, given + spec_.pathLength);
    for (double& lambda : path) lambda *= static_cast<double>(samples_);
    return path;
  }
  KeepGoing keepGoing() const {
    return [this] {
      if (cancelled()) throw Cancelled();
    };
  }
  // Components that leave nothing over: U (and the ones beside it) is all of ℝⁿ.
  bool spansAll(std::size_t pair) const { return source(pair).rank + (spec_.biased ? 1 : 0) == samples_; }

  template <class Body>
  void forRows(std::size_t pair, std::size_t cols, Body body) const {
    const double flops = 2.0 * static_cast<double>(std::max<std::size_t>(source(pair).rank, 1) * cols);
    forStrips(samples_, flops, keepGoing(), body);
  }

  // Cᵀ of a block's columns: cols×rank.
  double* coefficients(const Block& block) const {
    return const_cast<double*>(state_[block.pair].c.data()) + block.from * source(block.pair).rank;
  }

  void project(Block& block) {
    const std::size_t pair = block.pair, cols = block.cols, rank = source(pair).rank;
    const Components from = componentsOf(sourceOf(pair));
    double* c = coefficients(block);
    Aligned<double> y;
    forRows(pair, cols, [&](std::size_t begin, std::size_t count) {
      readBlock(target(pair), begin, count, block.from, cols, y.grow(count * cols));
      block.square += sumOfSquares(y.data(), count * cols);
      if (rank == 0) return;
      gemm(true, false, cols, rank, count, 1.0, y.data(), cols, from.row(begin), from.stride, begin == 0 ? 0.0 : 1.0, c,
           rank);
    });
    block.explained = sumOfSquares(c, cols * rank);
    if (spec_.criterion == Criterion::given || rank == 0) return;
    Aligned<double> left(samples_ * cols);
    leftOver(block, left.data());
    if (spec_.criterion == Criterion::gcv) {
      block.criterion.assign(1, sumOfSquares(left.data(), samples_ * cols));
      return;
    }
    block.criterion = leaveOneOutErrors(from, pathOf(sourceOf(pair)), remaining_[sourceOf(pair)], {c, cols},
                                        left.data(), keepGoing());
  }

  // Y − U·C of a block.
  void leftOver(const Block& block, double* left) const {
    if (spansAll(block.pair)) {
      std::fill(left, left + samples_ * block.cols, 0.0);
      return;
    }
    const ComponentSource& from = source(block.pair);
    const Components components = componentsOf(sourceOf(block.pair));
    forRows(block.pair, block.cols, [&](std::size_t begin, std::size_t count) {
      double* strip = left + begin * block.cols;
      readBlock(target(block.pair), begin, count, block.from, block.cols, strip);
      gemm(false, true, count, block.cols, from.rank, -1.0, components.row(begin), components.stride,
           coefficients(block), from.rank, 1.0, strip, block.cols);
    });
  }

  std::size_t choose(std::size_t pair, const std::vector<double>& power, double outside) const {
    const std::size_t sourceIndex = sourceOf(pair);
    const std::vector<double> path = pathOf(sourceIndex);
    if (spec_.criterion == Criterion::given || power.empty()) return 0;
    std::vector<double> errors(path.size(), 0.0);
    if (spec_.criterion == Criterion::leaveOneOut) {
      for (std::size_t block : state_[pair].blocks) {
        for (std::size_t l = 0; l < path.size(); ++l) errors[l] += blocks_[block].criterion[l];
      }
    } else {
      const double unexplained = static_cast<double>(samples_ - power.size() - (spec_.biased ? 1 : 0));
      for (std::size_t l = 0; l < path.size(); ++l) {
        const Shrinkage shrinkage(source(pair).eigenvalues, power.size(), path[l], spec_.kernel);
        double error = outside, freedom = unexplained;
        for (std::size_t k = 0; k < power.size(); ++k) {
          error += shrinkage.lost[k] * shrinkage.lost[k] * power[k];
          freedom += shrinkage.lost[k];
        }
        errors[l] = error / (freedom * freedom);
      }
    }
    // Of equal errors the larger λ, which is the simpler stitcher; a path rises.
    std::size_t best = path.size() - 1;
    for (std::size_t l = path.size(); l-- > 0;) {
      if (errors[l] < errors[best]) best = l;
    }
    return best;
  }

  void decide(std::size_t pair) {
    State& state = state_[pair];
    const std::size_t rank = source(pair).rank, cols = width(pair);
    double square = 0, outside = 0, measuredOutside = 0;
    for (std::size_t at : state.blocks) {
      square += blocks_[at].square;
      outside += blocks_[at].square - blocks_[at].explained;
      if (spec_.criterion == Criterion::gcv && rank > 0) measuredOutside += blocks_[at].criterion[0];
    }
    std::vector<double> power(rank);
    for (std::size_t j = 0; j < cols; ++j) {
      const double* row = state.c.data() + j * rank;
      for (std::size_t k = 0; k < rank; ++k) power[k] += row[k] * row[k];
    }
    ComponentFit& fit = fits_[pair];
    fit.chosen = choose(pair, power, measuredOutside);
    double residual = outside;
    if (spec_.rankLimit > 0 && spec_.rankLimit < std::min(rank, cols)) {
      residual += cutRank(cols, rank, spec_.rankLimit, state.c.data(), keepGoing());
    }
    const Shrinkage shrinkage = shrinkageOf(pair);
    for (std::size_t k = 0; k < rank; ++k) residual += shrinkage.lost[k] * shrinkage.lost[k] * power[k];
    state.measured = !(residual > kCancelled * square);
    if (!state.measured) fit.residual = residual;
  }

  Shrinkage shrinkageOf(std::size_t pair) const {
    const double added = pathOf(sourceOf(pair))[fits_[pair].chosen];
    return Shrinkage(source(pair).eigenvalues, source(pair).rank, added, spec_.kernel);
  }

  void write(Block& block) {
    const std::size_t pair = block.pair, cols = block.cols;
    const ComponentSource& from = source(pair);
    const std::size_t rank = from.rank, inputs = from.right.rows;
    double* weights = spec_.weights[pair] + block.from * inputs;
    const Shrinkage shrinkage = shrinkageOf(pair);
    Aligned<double> scaled(std::max<std::size_t>(rank, 1) * cols);
    if (rank == 0) {
      std::fill(weights, weights + cols * inputs, 0.0);
    } else {
      scaleColumns(shrinkage.weight, coefficients(block), cols, scaled.data());
      const double flops = 2.0 * static_cast<double>(rank * cols);
      const auto* right = static_cast<const double*>(from.right.data);
      forStrips(inputs, flops, keepGoing(), [&](std::size_t begin, std::size_t count) {
        gemm(false, true, cols, count, rank, 1.0, scaled.data(), rank, right + begin * from.right.cols, from.right.cols,
             0.0, weights + begin, inputs);
      });
    }
    if (spec_.biased && spec_.kernel) centreRows(cols, inputs, weights);
    if (spec_.biased) {
      double* bias = spec_.biases[pair] + block.from;
      gemv(false, cols, inputs, weights, inputs, from.inputMean, bias);
      for (std::size_t j = 0; j < cols; ++j) bias[j] = target(pair).mean[block.from + j] - bias[j];
    }
    if (state_[pair].measured) block.residual = measure(block, shrinkage, scaled.data());
  }

  // ‖Y − U·diag(g)·C‖² of a block.
  double measure(const Block& block, const Shrinkage& shrinkage, double* scaled) const {
    const std::size_t pair = block.pair, rank = source(pair).rank;
    const Components from = componentsOf(sourceOf(pair));
    scaleColumns(shrinkage.kept, coefficients(block), block.cols, scaled);
    Aligned<double> left;
    double sum = 0;
    forRows(pair, block.cols, [&](std::size_t begin, std::size_t count) {
      readBlock(target(pair), begin, count, block.from, block.cols, left.grow(count * block.cols));
      if (rank > 0) {
        gemm(false, true, count, block.cols, rank, -1.0, from.row(begin), from.stride, scaled, rank, 1.0, left.data(),
             block.cols);
      }
      sum += sumOfSquares(left.data(), count * block.cols);
    });
    return sum;
  }

  const ComponentSpec spec_;
  const std::size_t samples_;
  std::vector<Aligned<double>> remaining_;  // one a source, n×path
  std::vector<ComponentFit> fits_;
  std::vector<State> state_;
  std::vector<Block> blocks_;
};

}  // namespace

std::unique_ptr<ComponentWork> makeComponentFits(ComponentSpec spec) {
  return std::make_unique<ComponentFits>(std::move(spec));
}

}  // namespace gramian
