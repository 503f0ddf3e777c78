#include "prepared_work.h"

#include <algorithm>

#include "../error.h"
#include "../simd/loops.h"
#include "aligned.h"

namespace gramian {

PreparedWork::PreparedWork(EngineSpec spec)
    : spec_(std::move(spec)), sources_(spec_.sources.size()), operators_(spec_.operators.size()) {
  result_.operators = spec_.operators.size();
}

std::size_t PreparedWork::units(std::size_t phase) const {
  switch (phase) {
    case 0: return sources_.size();
    case 1: return operators_.size();
    case 2: return mainUnits();
    default: return 1 + lastUnits();
  }
}

void PreparedWork::run(std::size_t phase, std::size_t unit, std::size_t slot) {
  switch (phase) {
    case 0:
      if (unit == 0) begin();
      sources_[unit] = prepareSource(spec_.sources[unit], spec_.samples, &spec_.order, spec_.tile, *this);
      break;
    case 1:
      operators_[unit] = prepareOperator(spec_.operators[unit], sources_[spec_.operators[unit].source], this);
      break;
    case 2:
      runMain(unit, slot);
      advance();
      break;
    default:
      if (unit == 0) findMoments();
      else runLast(unit - 1);
  }
}

void PreparedWork::findMoments() {
  const std::size_t L = operators_.size(), n = spec_.samples;
  result_.constant.resize(L);
  result_.scale.resize(L);
  for (std::size_t l = 0; l < L; ++l) {
    result_.constant[l] = operators_[l].constant;
    result_.scale[l] = operators_[l].scale;
  }
  if (!wantsMoments()) return;

  // A line for each of row sums, diagonals and offsets, in strips of samples so that no copy of all of them is made.
  constexpr std::size_t kStrip = 4096;
  const std::size_t lines = 3 * L;
  result_.moments.assign(lines * lines, 0.0);
  result_.totals.assign(lines, 0.0);
  Aligned<double> strip(lines * std::min(n, kStrip));
  Aligned<char> scratch(loops().stackScratch(lines));
  for (std::size_t begin = 0; begin < n; begin += kStrip) {
    if (cancelled()) throw Cancelled();
    const std::size_t length = std::min(kStrip, n - begin);
    for (std::size_t l = 0; l < L; ++l) {
      const Operator& op = operators_[l];
      double* r = strip.data() + l * length;
      double* t = strip.data() + (L + l) * length;
      double* a = strip.data() + (2 * L + l) * length;
      for (std::size_t i = 0; i < length; ++i) {
        result_.totals[l] += r[i] = rowSum(l, begin + i);
        result_.totals[L + l] += t[i] = op.diagonal[begin + i];
        result_.totals[2 * L + l] += a[i] = op.offset.empty() ? 0 : op.offset[begin + i];
      }
    }
    loops().stackF64(strip.data(), lines, length, length, result_.moments.data(), lines, scratch.data());
  }
  for (std::size_t a = 0; a < lines; ++a) {
    for (std::size_t b = 0; b < a; ++b) result_.moments[a * lines + b] = result_.moments[b * lines + a];
  }
}

}  // namespace gramian
