#include "masked_alignment.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gramian {

namespace {
constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
}

void MaskGatherer::clear() {
  product_ = 0;
  std::fill(a_.begin(), a_.end(), 0.0);
  std::fill(b_.begin(), b_.end(), 0.0);
}

MaskedSums MaskGatherer::sums() const {
  MaskedSums sums;
  sums.product = product_;
  for (std::size_t i = 0; i < a_.size(); ++i) {
    sums.rows += a_[i] * b_[i];
    sums.totalA += a_[i];
    sums.totalB += b_[i];
  }
  return sums;
}

Hsic biasedHsic(const MaskedSums& sums, std::size_t n) {
  const double size = static_cast<double>(n);
  const double rows = 2 * sums.rows / size, totals = sums.totalA * sums.totalB / (size * size);
  return {sums.product - rows + totals, std::fabs(sums.product) + std::fabs(rows) + std::fabs(totals)};
}

Hsic debiasedHsic(const MaskedSums& sums, std::size_t n) {
  if (n < 4) return {kUndefined, kUndefined};
  const double size = static_cast<double>(n);
  const double rows = 2 * sums.rows / (size - 2), totals = sums.totalA * sums.totalB / ((size - 1) * (size - 2));
  return {sums.product - rows + totals, std::fabs(sums.product) + std::fabs(rows) + std::fabs(totals)};
}

double alignment(Hsic cross, Hsic a, Hsic b, std::size_t n) {
  // The error of a sum of n terms, each of a sum of its own: what is no larger stands for 0.
  const double rounding = static_cast<double>(n) * 0x1p-52;
  if (!(a.value > rounding * a.terms) || !(b.value > rounding * b.terms)) return kUndefined;
  // Two roots: the product of two small numbers may be 0.
  return cross.value / (std::sqrt(a.value) * std::sqrt(b.value));
}

double platonicAlignment(const MaskedSums& cross, const MaskedSums& a, const MaskedSums& b, std::size_t n) {
  if (n < 4) return kUndefined;
  const double factor = 1 / (static_cast<double>(n) * static_cast<double>(n - 3));
  const double self = factor * debiasedHsic(a, n).value * factor * debiasedHsic(b, n).value;
  return factor * debiasedHsic(cross, n).value / (std::sqrt(self) + 1e-6);
}

}  // namespace gramian
