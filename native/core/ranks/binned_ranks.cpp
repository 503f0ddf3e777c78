#include "binned_ranks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <type_traits>

#include "../engine/aligned.h"
#include "../engine/ordered_fold.h"
#include "../error.h"
#include "../simd/loops.h"
#include "bins.h"
#include "distance_tiles.h"

namespace gramian {

namespace {

using Filling = std::vector<std::uint64_t>;

template <class Real>
class BinnedRanks : public RankWork {
 public:
  explicit BinnedRanks(RankSpec spec)
      : spec_(std::move(spec)),
        rows_(spec_.samples),
        sources_(spec_.sources.size()),
        bins_(spec_.sources.size()),
        ranks_(spec_.sources.size()),
        constant_(spec_.sources.size()),
        products_(spec_.sources.size() * spec_.sources.size(), 0.0),
        slots_(spec_.slots),
        fold_(4 * spec_.slots) {
    std::iota(rows_.begin(), rows_.end(), 0u);
    std::size_t features = 1;
    for (const SourceSpec& source : spec_.sources) features = std::max(features, source.view.cols);
    const std::size_t block = DistanceTiles<Real>::block(features);
    tiles_ = lowerTriangle(0, spec_.samples, std::max(block, spec_.samples / kMostBlocks + 1));
  }

  // Sources; coarse filling, tile by tile; bins, source by source; fine filling; ranks; inner products.
  std::size_t phases() const override { return 6; }
  std::size_t units(std::size_t phase) const override {
    return phase == 1 || phase == 3 || phase == 5 ? tiles_.size() : spec_.sources.size();
  }
  std::uint64_t total() const override { return 3 * tiles_.size(); }
  const RankResult& result() const override { return result_; }

  void run(std::size_t phase, std::size_t unit, std::size_t slot) override {
    switch (phase) {
      case 0: prepare(unit); break;
      case 1: fill(unit, slot, false); break;
      case 2: refine(unit); break;
      case 3: fill(unit, slot, true); break;
      case 4: findRanks(unit); break;
      default: multiply(unit, slot);
    }
    if (phase % 2 == 1) advance();
  }

  void finish() override {
    const std::size_t L = spec_.sources.size();
    for (const std::size_t source : spec_.distances) result_.constant.push_back(constant_[source]);
    for (const Pair& pair : spec_.pairs) {
      if (!spec_.spearman) break;
      const std::size_t a = spec_.distances[pair.a], b = spec_.distances[pair.b];
      const double product = products_[std::min(a, b) * L + std::max(a, b)];
      const double selves = products_[a * L + a] * products_[b * L + b];
      result_.spearman.push_back(constant_[a] || constant_[b] ? std::numeric_limits<double>::quiet_NaN()
                                                              : product / std::sqrt(selves));
    }
  }

 protected:
  void onCancel() override { fold_.stop(); }

 private:
  static constexpr std::size_t kMostBlocks = 8192;

  struct Slot {
    DistanceTiles<Real> tiles;
    std::vector<Filling> fillings;  // one a source, summed over the slots: whole numbers, in any order
    Aligned<Real> ranks;
    Aligned<char> scratch;
  };

  void prepare(std::size_t s) {
    sources_[s] = prepareSource(spec_.sources[s], spec_.samples, &order_, spec_.precision, *this);
    const std::vector<double>& norm2 = sources_[s].norm2;
    const double most = *std::max_element(norm2.begin(), norm2.end());
    // ‖x − y‖² ≤ 2(‖x‖² + ‖y‖²)
    bins_[s] = Bins(std::isfinite(4 * most) ? 4 * most : std::numeric_limits<double>::max());
  }

  void fill(std::size_t unit, std::size_t slot, bool fine) {
    Slot& own = slots_[slot];
    own.fillings.resize(sources_.size());
    for (std::size_t s = 0; s < sources_.size(); ++s) {
      if (cancelled()) throw Cancelled();
      const Bins& bins = bins_[s];
      Filling& filling = own.fillings[s];
      filling.resize(fine ? bins.size() : Bins::coarseBins);
      own.tiles.run(sources_[s], rows_, tiles_[unit],
                    [&](std::size_t, std::size_t, const double* d2, std::size_t count) {
                      if (fine)
                        for (std::size_t k = 0; k < count; ++k) ++filling[bins.fine(d2[k])];
                      else
                        for (std::size_t k = 0; k < count; ++k) ++filling[bins.coarse(d2[k])];
                    });
    }
  }

  // What all slots found, which then forget it.
  Filling gather(std::size_t s, std::size_t size) {
    Filling sum(size);
    for (Slot& slot : slots_) {
      if (slot.fillings.empty()) continue;
      for (std::size_t bin = 0; bin < slot.fillings[s].size(); ++bin) sum[bin] += slot.fillings[s][bin];
      slot.fillings[s] = Filling();
    }
    return sum;
  }

  void refine(std::size_t s) { bins_[s].refine(gather(s, Bins::coarseBins), spec_.bins); }

  void findRanks(std::size_t s) {
    const Filling filling = gather(s, bins_[s].size());
    constant_[s] = std::count_if(filling.begin(), filling.end(), [](std::uint64_t c) { return c > 0; }) <= 1;
    ranks_[s] = centredRanks(filling);
  }

  void multiply(std::size_t unit, std::size_t slot) {
    const Loops& loop = loops();
    Slot& own = slots_[slot];
    const std::size_t L = sources_.size(), entries = tiles_[unit].entries(), stride = (entries / 16 + 1) * 16;
    Real* ranks = own.ranks.grow(L * stride);
    char* scratch = own.scratch.grow(loop.stackScratch(L));
    try {
      std::unique_ptr<std::vector<double>> sums = fold_.borrow(unit);
      sums->assign(L * L, 0.0);
      for (std::size_t s = 0; s < L; ++s) {
        if (cancelled()) throw Cancelled();
        Real* to = ranks + s * stride;
        own.tiles.run(sources_[s], rows_, tiles_[unit],
                      [&](std::size_t, std::size_t, const double* d2, std::size_t count) {
                        for (std::size_t k = 0; k < count; ++k) {
                          *to++ = static_cast<Real>(ranks_[s][bins_[s].fine(d2[k])]);
                        }
                      });
      }
      if constexpr (std::is_same<Real, float>::value)
        loop.stackF32(ranks, L, stride, entries, sums->data(), L, scratch);
      else loop.stackF64(ranks, L, stride, entries, sums->data(), L, scratch);
      fold_.commit(unit, std::move(sums), [this](std::size_t, const std::vector<double>& part) {
        for (std::size_t k = 0; k < part.size(); ++k) products_[k] += part[k];
      });
    } catch (...) {
      fold_.stop();
      throw;
    }
  }

  RankSpec spec_;
  const std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> rows_;
  std::vector<Tile> tiles_;
  std::vector<Source> sources_;
  std::vector<Bins> bins_;
  std::vector<std::vector<double>> ranks_;
  std::vector<std::uint8_t> constant_;
  std::vector<double> products_;
  std::vector<Slot> slots_;
  OrderedFold<std::vector<double>> fold_;
  RankResult result_;
};

}  // namespace

std::unique_ptr<RankWork> binnedRanks(RankSpec spec) {
  if (spec.precision == TileType::f32) return std::make_unique<BinnedRanks<float>>(std::move(spec));
  return std::make_unique<BinnedRanks<double>>(std::move(spec));
}

}  // namespace gramian
