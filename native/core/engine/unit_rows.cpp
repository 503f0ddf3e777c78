#include "unit_rows.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "../error.h"
#include "../simd/loops.h"

namespace gramian {

namespace {

// How far rounding may move a row that is divided by its norm.
constexpr double kUnitRounding = 8 * 0x1p-53;

// A row divided by it is 0.
constexpr double kNoDirection = std::numeric_limits<double>::infinity();

// ‖x‖ by way of a power of two, so that rows near the ends of f64's range neither overflow nor vanish when squared, and
// that a row with one entry only has just that for its norm: then equal directions are equal to the bit, and ties ties.
double normOf(const std::vector<double>& row, const std::vector<double>& zero) {
  double largest = 0;
  for (double x : row) largest = std::max(largest, std::fabs(x));
  if (largest == 0) return kNoDirection;
  int exponent = 0;
  std::frexp(largest, &exponent);
  exponent = std::max(exponent, -1020);
  double norm2 = 0, dot = 0;
  loops().centredNorms(row.data(), row.size(), std::ldexp(1.0, -exponent), zero.data(), &norm2, &dot);
  return std::ldexp(std::sqrt(norm2), exponent);
}

// The mean of a row, found from its differences with its first entry: exact for a row that is constant.
double meanOf(const std::vector<double>& row) {
  double sum = 0;
  for (double x : row) sum += x - row[0];
  return row[0] + sum / static_cast<double>(row.size());
}

// All rows point the same way, and what is left is the rounding of the division: the kernel is 1 throughout.
void makeConstant(Source& source) {
  for (std::vector<double>* line : {&source.mean, &source.norm2, &source.dotMean}) {
    std::fill(line->begin(), line->end(), 0.0);
  }
  std::fill(source.rowNorm.begin(), source.rowNorm.end(), kNoDirection);
  source.meanNorm2 = 1;
  source.oneDirection = true;
}

}  // namespace

void findUnitRows(Source& source, const Work& work) {
  const Loops& loop = loops();
  const std::size_t n = source.samples, d = source.features;
  const bool centred = source.spec.rowCentred;
  std::vector<double> row(d), first(d), varies(d, 0.0), zero(d, 0.0);
  source.mean.assign(d, 0.0);
  source.rowNorm.resize(n);
  if (centred) source.rowMean.resize(n);
  source.norm2.resize(n);
  source.dotMean.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    if (work.cancelled()) throw Cancelled();
    loop.widen(source.row(i), source.spec.view.dtype, d, row.data());
    if (centred) {
      source.rowMean[i] = meanOf(row);
      for (double& x : row) x -= source.rowMean[i];
    }
    source.rowNorm[i] = normOf(row, zero);
    for (double& x : row) x /= source.rowNorm[i];
    if (i == 0) first = row;
    loop.observe(row.data(), d, first.data(), source.mean.data(), varies.data());
  }
  for (std::size_t j = 0; j < d; ++j) {
    // As in the facts: what is constant leaves exact zeros.
    source.mean[j] = varies[j] == 0 ? first[j] : source.mean[j] / static_cast<double>(n);
    source.meanNorm2 += source.mean[j] * source.mean[j];
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (work.cancelled()) throw Cancelled();
    source.read(i, row.data());
    loop.centredNorms(row.data(), d, 1, source.mean.data(), &source.norm2[i], &source.dotMean[i]);
  }
  // A row's own mean takes digits with it: as many as it is larger than what it leaves.
  double rounding = kUnitRounding;
  for (std::size_t i = 0; centred && i < n; ++i) {
    rounding = std::max(
        rounding, kUnitRounding * std::fabs(source.rowMean[i]) / source.rowNorm[i] * std::sqrt(static_cast<double>(d)));
  }
  const bool directed = *std::min_element(source.rowNorm.begin(), source.rowNorm.end()) < kNoDirection;
  const double furthest = *std::max_element(source.norm2.begin(), source.norm2.end());
  if (directed && furthest <= rounding * rounding) makeConstant(source);
}

}  // namespace gramian
