// Batches of permutations as products of small matrices: for every two points (i, j) the values of all operators a
// there, times the values of all operators b at (π(i), π(j)).
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "../blas.h"
#include "../error.h"
#include "../physical_memory.h"
#include "held_work.h"
#include "permutation_spec.h"
#include "permuted_layout.h"
#include "permuted_overlap.h"

namespace gramian {

template <class Real>
class PermutationWork : public HeldWork<Real> {
 public:
  PermutationWork(PermutationSpec spec, PermutationOutput output)
      : HeldWork<Real>(std::move(spec.sources), std::move(spec.operators), spec.samples, spec.slots),
        spec_(std::move(spec)),
        output_(output),
        layouts_(layOutGroups(this->operatorSpecs_, spec_.pairs, sizeof(Real))),
        held_(layouts_.size()),
        left_(layouts_.size()),
        right_(layouts_.size()),
        overlap_(spec_.neighbours),
        scratch_(spec_.slots) {}

  std::uint64_t total() const override { return spec_.count; }

 protected:
  void begin() override {
    const std::size_t n = this->samples_, k = spec_.neighbours.count;
    for (const std::uint32_t* list : spec_.neighbours.lists) {
      for (std::size_t p = 0; p < n * k; ++p) {
        if (list[p] >= n) throw CoreError("INVALID_ARGUMENT", "Expected neighbours below the number of samples.");
      }
    }
    std::size_t numbers = 0;
    for (const PermutedLayout& layout : layouts_) numbers += layout.stride;
    demandMemory(n, n, numbers * sizeof(Real));
    for (std::size_t g = 0; g < layouts_.size(); ++g) {
      const PermutedLayout& layout = layouts_[g];
      // Vectors and steps may reach past the last operator, into the next point or this margin; what they make of it
      // is not read.
      const std::size_t margin = layout.ld + layout.rows, points = n * n * layout.stride;
      Real* held = held_[g].grow(points + margin);
      std::fill(held + points, held + points + margin, Real(0));
      for (std::size_t i = 0; i < n; ++i) {
        Real* point = held + (i * n + i) * layout.stride;
        std::fill(point, point + layout.stride, Real(0));
      }
    }
  }

  void keep(const Tile& tile, const Real* formed, std::size_t stride) override {
    const std::size_t n = this->samples_;
    for (std::size_t g = 0; g < layouts_.size(); ++g) {
      const PermutedLayout& layout = layouts_[g];
      const std::size_t members = layout.members.size();
      const std::size_t* member = layout.members.data();
      Real* held = held_[g].data();
      this->eachEntry(tile, [=](std::size_t i, std::size_t j, std::size_t p) {
        Real* lower = held + (i * n + j) * layout.stride;
        Real* upper = held + (j * n + i) * layout.stride;
        for (std::size_t l = 0; l < members; ++l) lower[l] = upper[l] = formed[member[l] * stride + p];
        for (std::size_t l = members; l < layout.stride; ++l) lower[l] = upper[l] = Real(0);
      });
    }
  }

  // The n-vectors of the moments, then the batches.
  std::size_t ownPhases() const override { return 2; }
  std::size_t ownUnits(std::size_t phase) const override {
    return phase == 0 ? layouts_.size() : (spec_.count + kBatch - 1) / kBatch;
  }

  void runOwn(std::size_t phase, std::size_t unit, std::size_t slot) override {
    if (phase == 0) return gatherLines(unit);
    if (!scratch_[slot]) scratch_[slot] = std::make_unique<Scratch>();
    Scratch& scratch = *scratch_[slot];
    const std::size_t first = unit * kBatch, count = std::min(kBatch, spec_.count - first);
    readPermutations(first, count, scratch);
    for (std::size_t g = 0; g < layouts_.size(); ++g) {
      findInner(g, first, count, scratch);
      for (std::size_t p = 0; p < count; ++p)
        findMoments(g, first + p, scratch.forward.data() + p * this->samples_, scratch);
    }
    if (!spec_.neighbours.pairs.empty()) {
      for (std::size_t p = 0; p < count; ++p) {
        overlap_.run(scratch.forward.data() + p * this->samples_, this->samples_, scratch.overlap, *this,
                     output_.mutual + (first + p) * spec_.neighbours.pairs.size());
      }
    }
    this->advance(count);
  }

 private:
  // Permutations that share each row of the right side while it is in the cache.
  static constexpr std::size_t kBatch = 8;
  // Points whose products are summed in Real before they are added in f64.
  static constexpr std::size_t kPanel = 512;
  // From so many blocks on, gathering once into a panel costs less than gathering for each block.
  static constexpr std::size_t kFewBlocks = 3;

  struct Scratch {
    std::vector<std::uint32_t> forward, inverse;  // a batch of permutations, one after the other
    std::vector<std::uint32_t> counting;          // 0, 1, 2, …
    std::vector<double> sums;
    std::vector<double> lines, products;
    Aligned<Real> panel;
    PermutedOverlap::Scratch overlap;
  };

  void readPermutations(std::size_t first, std::size_t count, Scratch& scratch) {
    const std::size_t n = this->samples_;
    const std::uint32_t* given = spec_.permutations + first * n;
    scratch.forward.assign(given, given + count * n);
    scratch.inverse.assign(count * n, static_cast<std::uint32_t>(n));
    for (std::size_t p = 0; p < count; ++p) {
      const std::uint32_t* forward = scratch.forward.data() + p * n;
      std::uint32_t* inverse = scratch.inverse.data() + p * n;
      for (std::size_t i = 0; i < n; ++i) {
        if (forward[i] >= n || inverse[forward[i]] < n) {
          throw CoreError("INVALID_ARGUMENT", "Expected a permutation of the samples for permutations, row " +
                                                  std::to_string(first + p) + ".");
        }
        inverse[forward[i]] = static_cast<std::uint32_t>(i);
      }
    }
    if (scratch.counting.empty()) {
      for (std::size_t p = 0; p < kPanel; ++p) scratch.counting.push_back(static_cast<std::uint32_t>(p));
    }
  }

  void findInner(std::size_t g, std::size_t first, std::size_t count, Scratch& scratch) {
    const PermutedLayout& layout = layouts_[g];
    const std::size_t n = this->samples_, line = n * layout.stride;
    const Real* held = held_[g].data();
    scratch.sums.assign(count * layout.sums(), 0.0);
    // Row r of the right side is b's row of sample i = π⁻¹(r). It is gathered from at random, so it should be in the
    // cache: all permutations of the batch use it before the next one comes. The left side's row is read in order.
    for (std::size_t r = 0; r < n; ++r) {
      this->goOn();
      for (std::size_t byte = 0; byte < line * sizeof(Real); byte += 64) {
        __builtin_prefetch(reinterpret_cast<const char*>(held + r * line) + byte);
      }
      for (std::size_t p = 0; p < count; ++p) {
        const std::size_t i = scratch.inverse[p * n + r];
        row(layout, held + i * line, held + r * line, scratch.forward.data() + p * n, i,
            scratch.sums.data() + p * layout.sums(), scratch);
      }
    }
    for (std::size_t p = 0; p < count; ++p) {
      const double* sums = scratch.sums.data() + p * layout.sums();
      double* out = output_.inner + (first + p) * spec_.pairs.size();
      // Each pair of points was met once.
      for (const auto& reader : layout.readers) out[reader.pair] = 2 * sums[reader.right * layout.ld + reader.left];
    }
  }

  // The points (i, j), j < i, of the left row with (π(i), π(j)) of the right one.
  void row(const PermutedLayout& layout, const Real* left, const Real* right, const std::uint32_t* at,
           std::size_t count, double* sums, Scratch& scratch) {
    const Loops& loop = loops();
    const std::size_t stride = layout.stride;
    for (std::size_t begin = 0; begin < count; begin += kPanel) {
      const std::size_t points = std::min(kPanel, count - begin);
      const Real* from = right;
      const std::uint32_t* places = at + begin;
      if (layout.blocks.size() > kFewBlocks) {
        Real* panel = scratch.panel.grow(kPanel * stride + layout.rows);
        for (std::size_t p = 0; p < points; ++p) {
          std::copy_n(right + places[p] * stride, stride, panel + p * stride);
        }
        std::fill_n(panel + points * stride, layout.rows, Real(0));
        from = panel;
        places = scratch.counting.data();
      }
      for (const auto& block : layout.blocks) {
        const Real* a = left + begin * stride + block.left;
        double* to = sums + block.right * layout.ld + block.left;
        if constexpr (std::is_same<Real, float>::value) {
          loop.permutedF32(a, from + block.right, places, points, stride, block.columns, to, layout.ld);
        } else {
          loop.permutedF64(a, from + block.right, places, points, stride, block.columns, to, layout.ld);
        }
      }
    }
  }

  // Row sums, diagonal and offset of each operator on the left (right) of a pair, a sample's values together.
  struct Lines {
    std::vector<std::size_t> place;  // of a member of the layout among those on this side
    std::size_t members = 0;
    std::vector<double> values;  // n × 3·members
  };

  void gatherLines(std::size_t g) {
    const PermutedLayout& layout = layouts_[g];
    left_[g].place.assign(layout.members.size(), layout.members.size());
    right_[g].place = left_[g].place;
    const auto take = [&](Lines& lines, std::size_t member) {
      if (lines.place[member] == layout.members.size()) lines.place[member] = lines.members++;
    };
    for (const auto& reader : layout.readers) {
      take(left_[g], reader.left);
      take(right_[g], reader.right);
    }
    for (Lines* lines : {&left_[g], &right_[g]}) {
      const std::size_t width = 3 * lines->members;
      lines->values.resize(this->samples_ * width);
      for (std::size_t m = 0; m < layout.members.size(); ++m) {
        if (lines->place[m] == layout.members.size()) continue;
        const std::size_t op = layout.members[m];
        const Operator& prepared = this->operators_[op];
        for (std::size_t i = 0; i < this->samples_; ++i) {
          double* to = lines->values.data() + i * width + 3 * lines->place[m];
          to[0] = this->rowSum(op, i);
          to[1] = prepared.diagonal[i];
          to[2] = prepared.offset.empty() ? 0 : prepared.offset[i];
        }
      }
    }
  }

  void findMoments(std::size_t g, std::size_t permutation, const std::uint32_t* at, Scratch& scratch) {
    this->goOn();
    const Lines &left = left_[g], &right = right_[g];
    const std::size_t n = this->samples_, a = 3 * left.members, b = 3 * right.members;
    scratch.lines.resize(n * b);
    for (std::size_t i = 0; i < n; ++i) std::copy_n(right.values.data() + at[i] * b, b, scratch.lines.data() + i * b);
    scratch.products.resize(a * b);
    gemm(true, false, a, b, n, 1.0, left.values.data(), a, scratch.lines.data(), b, 0.0, scratch.products.data(), b);
    double* out = output_.moments + permutation * spec_.pairs.size() * 9;
    for (const auto& reader : layouts_[g].readers) {
      const double* from = scratch.products.data() + 3 * left.place[reader.left] * b + 3 * right.place[reader.right];
      for (std::size_t k = 0; k < 9; ++k) out[reader.pair * 9 + k] = from[k / 3 * b + k % 3];
    }
  }

  PermutationSpec spec_;
  PermutationOutput output_;
  std::vector<PermutedLayout> layouts_;
  std::vector<Aligned<Real>> held_;
  std::vector<Lines> left_, right_;
  PermutedOverlap overlap_;
  std::vector<std::unique_ptr<Scratch>> scratch_;
};

}  // namespace gramian
