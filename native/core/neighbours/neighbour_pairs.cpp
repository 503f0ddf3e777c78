// The work behind spec.h: lists are made ready layer by layer, then read pair by pair.
#include <algorithm>
#include <limits>

#include "../error.h"
#include "masked_alignment.h"
#include "overlap.h"
#include "spec.h"
#include "top_lists.h"

namespace gramian {

namespace {

class NeighbourPairs : public NeighbourPairsWork {
 public:
  explicit NeighbourPairs(NeighbourPairsSpec spec)
      : spec_(std::move(spec)),
        lists_(spec_.indices.size()),
        symmetric_(spec_.indices.size()),
        platonic_(spec_.indices.size()),
        finders_(spec_.slots),
        scores_(spec_.wants.size(), std::vector<double>(spec_.pairs.size())) {
    using Score = NeighbourScore;
    wants_.common = wanted({Score::lcs, Score::platonicLcs});
    wants_.edit = wanted({Score::edit, Score::platonicEdit});
    wants_.symmetric = wanted({Score::cknnaBiased, Score::cknnaDebiased});
    wants_.platonic = wanted({Score::platonicCknna});
  }

  std::size_t phases() const override { return 3; }
  std::size_t units(std::size_t phase) const override { return phase < 2 ? lists_.size() : spec_.pairs.size(); }
  std::uint64_t total() const override { return spec_.pairs.size(); }
  const std::vector<std::vector<double>>& scores() const override { return scores_; }

  void run(std::size_t phase, std::size_t unit, std::size_t slot) override {
    switch (phase) {
      case 0: lists_[unit] = TopLists(spec_.indices[unit], spec_.samples, spec_.count, *this); break;
      case 1: findSelf(unit); break;
      default: score(unit, slot); advance();
    }
  }

 private:
  bool wanted(std::initializer_list<NeighbourScore> any) const {
    return std::find_first_of(spec_.wants.begin(), spec_.wants.end(), any.begin(), any.end()) != spec_.wants.end();
  }

  // The self terms of CKNNA: a layer's whole lists are what both sides name.
  void findSelf(std::size_t layer) {
    if (!wants_.symmetric && !wants_.platonic) return;
    TopLists& lists = lists_[layer];
    lists.findReturned(*this);
    const double* values = spec_.values[layer];
    const std::size_t n = spec_.samples, k = spec_.count;
    MaskGatherer symmetric(n, true), platonic(n, false);
    for (std::size_t i = 0; i < n; ++i) {
      if (cancelled()) throw Cancelled();
      for (std::size_t p = 0; p < k; ++p) {
        const double value = values[i * k + p];
        symmetric.add(i, lists.row(i)[p], value, value, lists.returned(i, p));
        platonic.add(i, lists.row(i)[p], value, value, lists.returned(i, p));
      }
    }
    symmetric_[layer] = symmetric.sums();
    platonic_[layer] = platonic.sums();
  }

  // The share of samples that come back to themselves: from i to its neighbours by `out`, and on by `back`.
  double cycles(const TopLists& out, const TopLists& back) const {
    std::uint64_t found = 0;
    for (std::size_t i = 0; i < spec_.samples; ++i) {
      if (cancelled()) throw Cancelled();
      const std::uint32_t* list = out.row(i);
      found += std::any_of(list, list + spec_.count, [&](std::uint32_t j) { return back.names(j, i); }) ? 1 : 0;
    }
    return static_cast<double>(found) / static_cast<double>(spec_.samples);
  }

  double read(NeighbourScore score, const Overlap& overlap, std::size_t a, std::size_t b) const {
    const std::size_t n = spec_.samples;
    const double size = static_cast<double>(n), k = static_cast<double>(spec_.count);
    switch (score) {
      case NeighbourScore::mutual: {
        std::uint64_t sum = 0;
        for (std::size_t c = 0; c <= spec_.count; ++c) sum += c * overlap.shared[c];
        return static_cast<double>(sum) / (size * k);
      }
      case NeighbourScore::jaccard: {
        double sum = 0;
        for (std::size_t c = 0; c <= spec_.count; ++c) {
          sum += static_cast<double>(overlap.shared[c]) *
                 (static_cast<double>(c) / static_cast<double>(2 * spec_.count - c));
        }
        return sum / size;
      }
      case NeighbourScore::cycleForward:
      case NeighbourScore::platonicCycle: return cycles(lists_[b], lists_[a]);
      case NeighbourScore::cycleBackward: return cycles(lists_[a], lists_[b]);
      case NeighbourScore::lcs: return static_cast<double>(overlap.common) / (size * k);
      case NeighbourScore::platonicLcs: return static_cast<double>(overlap.common) / size;
      case NeighbourScore::edit:
      case NeighbourScore::platonicEdit: return 1 - static_cast<double>(overlap.edit) / (size * k);
      case NeighbourScore::cknnaBiased:
        return alignment(biasedHsic(overlap.symmetric, n), biasedHsic(symmetric_[a], n), biasedHsic(symmetric_[b], n),
                         n);
      case NeighbourScore::cknnaDebiased:
        return alignment(debiasedHsic(overlap.symmetric, n), debiasedHsic(symmetric_[a], n),
                         debiasedHsic(symmetric_[b], n), n);
      case NeighbourScore::platonicCknna:
        // Theirs refuses k = 1.
        return spec_.count < 2 ? std::numeric_limits<double>::quiet_NaN()
                               : platonicAlignment(overlap.platonic, platonic_[a], platonic_[b], n);
    }
    return std::numeric_limits<double>::quiet_NaN();
  }

  void score(std::size_t unit, std::size_t slot) {
    std::unique_ptr<OverlapFinder>& finder = finders_[slot];
    if (!finder) finder = std::make_unique<OverlapFinder>(spec_.samples, spec_.count, wants_);
    const std::size_t a = spec_.pairs[unit].a, b = spec_.pairs[unit].b;
    const bool values = wants_.symmetric || wants_.platonic;
    const Overlap overlap = finder->find(lists_[a], lists_[b], values ? spec_.values[a] : nullptr,
                                         values ? spec_.values[b] : nullptr, *this);
    for (std::size_t w = 0; w < spec_.wants.size(); ++w) scores_[w][unit] = read(spec_.wants[w], overlap, a, b);
  }

  NeighbourPairsSpec spec_;
  OverlapWants wants_;
  std::vector<TopLists> lists_;
  std::vector<MaskedSums> symmetric_, platonic_;  // self terms, one a layer
  std::vector<std::unique_ptr<OverlapFinder>> finders_;
  std::vector<std::vector<double>> scores_;
};

}  // namespace

std::unique_ptr<NeighbourPairsWork> neighbourPairs(NeighbourPairsSpec spec) {
  return std::make_unique<NeighbourPairs>(std::move(spec));
}

}  // namespace gramian
