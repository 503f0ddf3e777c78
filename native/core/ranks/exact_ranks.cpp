// Rank correlations with every rank held in memory.
#include "exact_ranks.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "../engine/aligned.h"
#include "../engine/ordered_fold.h"
#include "../engine/source.h"
#include "../error.h"
#include "../simd/loops.h"
#include "kendall.h"
#include "ranking.h"

namespace gramian {

namespace {

// Entries of a unit of the inner products of ranks.
constexpr std::size_t kStrip = std::size_t(1) << 15;
// f32 holds halves up to 2^23.
constexpr std::size_t kMostInFloat = std::size_t(1) << 24;

// Rows of the stack start on cache lines.
constexpr std::size_t kLine = 16;

class ExactRanks : public RankWork {
 public:
  explicit ExactRanks(RankSpec spec)
      : spec_(std::move(spec)),
        entries_(pairsOf(spec_.samples)),
        stride_((entries_ + kLine - 1) / kLine * kLine),
        narrow_(entries_ <= kMostInFloat),
        rankings_(spec_.sources.size()),
        kendalls_(spec_.slots),
        scratch_(spec_.slots),
        fold_(4 * spec_.slots) {}

  // Room for the ranks; the ranks, source by source; the inner products; the pairs.
  std::size_t phases() const override { return 4; }
  std::size_t units(std::size_t phase) const override {
    switch (phase) {
      case 0: return 1;
      case 1: return spec_.sources.size();
      case 2: return spec_.spearman ? (entries_ + kStrip - 1) / kStrip : 0;
      default: return spec_.kendall ? spec_.pairs.size() : 0;
    }
  }
  std::uint64_t total() const override { return units(1) + units(2) + units(3); }
  const RankResult& result() const override { return result_; }

  void run(std::size_t phase, std::size_t unit, std::size_t slot) override {
    switch (phase) {
      case 0: makeRoom(); return;
      case 1: rank(unit); break;
      case 2: multiply(unit, slot); break;
      default:
        result_.kendall[unit] = kendalls_[slot].tau(rankings_[source(spec_.pairs[unit].a)],
                                                    rankings_[source(spec_.pairs[unit].b)], entries_, *this);
    }
    advance();
  }

  void finish() override {
    result_.constant.resize(spec_.distances.size());
    for (std::size_t l = 0; l < spec_.distances.size(); ++l) result_.constant[l] = rankings_[source(l)].constant;
    if (!spec_.spearman) return;
    const std::size_t L = spec_.sources.size();
    result_.spearman.reserve(spec_.pairs.size());
    for (const Pair& pair : spec_.pairs) {
      const std::size_t a = std::min(source(pair.a), source(pair.b)), b = std::max(source(pair.a), source(pair.b));
      const bool defined = !rankings_[a].constant && !rankings_[b].constant;
      result_.spearman.push_back(defined ? products_[a * L + b] / std::sqrt(products_[a * L + a] * products_[b * L + b])
                                         : std::numeric_limits<double>::quiet_NaN());
    }
  }

 protected:
  void onCancel() override { fold_.stop(); }

 private:
  std::size_t source(std::size_t distance) const { return spec_.distances[distance]; }

  void makeRoom() {
    const std::size_t L = spec_.sources.size();
    if (spec_.kendall) result_.kendall.resize(spec_.pairs.size());
    if (!spec_.spearman) return;
    products_.assign(L * L, 0.0);
    if (narrow_) centred32_.grow(L * stride_);
    else centred64_.grow(L * stride_);
  }

  void rank(std::size_t s) {
    const std::vector<std::uint32_t> order;
    const Source source = prepareSource(spec_.sources[s], spec_.samples, &order, spec_.precision, *this);
    rankings_[s] = rankDistances(source, spec_.precision, spec_.kendall,
                                 spec_.spearman && narrow_ ? centred32_.data() + s * stride_ : nullptr,
                                 spec_.spearman && !narrow_ ? centred64_.data() + s * stride_ : nullptr, *this);
  }

  void multiply(std::size_t unit, std::size_t slot) {
    const Loops& loop = loops();
    const std::size_t L = spec_.sources.size(), begin = unit * kStrip, count = std::min(kStrip, entries_ - begin);
    char* scratch = scratch_[slot].grow(loop.stackScratch(L));
    try {
      std::unique_ptr<std::vector<double>> sums = fold_.borrow(unit);
      sums->assign(L * L, 0.0);
      if (narrow_) loop.stackF32(centred32_.data() + begin, L, stride_, count, sums->data(), L, scratch);
      else loop.stackF64(centred64_.data() + begin, L, stride_, count, sums->data(), L, scratch);
      fold_.commit(unit, std::move(sums), [this](std::size_t, const std::vector<double>& part) {
        for (std::size_t k = 0; k < part.size(); ++k) products_[k] += part[k];
      });
    } catch (...) {
      fold_.stop();
      throw;
    }
  }

  RankSpec spec_;
  const std::size_t entries_, stride_;
  const bool narrow_;
  std::vector<Ranking> rankings_;
  Aligned<float> centred32_;
  Aligned<double> centred64_;
  std::vector<double> products_;
  std::vector<Kendall> kendalls_;
  std::vector<Aligned<char>> scratch_;
  OrderedFold<std::vector<double>> fold_;
  RankResult result_;
};

}  // namespace

std::unique_ptr<RankWork> exactRanks(RankSpec spec) { return std::make_unique<ExactRanks>(std::move(spec)); }

}  // namespace gramian
