#include "facts.h"

#include <cmath>

#include "error.h"
#include "simd/loops.h"

namespace gramian {

namespace {

// The first entry of a row that is not finite, and how many there are.
void countNonFinite(const std::vector<double>& row, std::size_t i, Facts& facts) {
  for (std::size_t j = 0; j < row.size(); ++j) {
    if (std::isfinite(row[j])) continue;
    if (facts.nonFinite++ == 0) {
      facts.nonFiniteRow = i;
      facts.nonFiniteColumn = j;
    }
  }
}

}  // namespace

Facts findFacts(const MatrixView& view, const Work* work) {
  const Loops& loop = loops();
  const std::size_t n = view.rows, d = view.cols;
  Facts facts;
  std::vector<double> row(d), first(d), varies(d, 0.0);
  facts.mean.assign(d, 0.0);
  facts.centredNorm2.resize(n);
  facts.dotMean.resize(n);
  facts.rowMean.resize(n);

  loop.widen(view.row(0), view.dtype, d, first.data());
  for (std::size_t i = 0; i < n; ++i) {
    if (work && work->cancelled()) throw Cancelled();
    loop.widen(view.row(i), view.dtype, d, row.data());
    const double largest = loop.observe(row.data(), d, first.data(), facts.mean.data(), varies.data());
    if (!(largest <= facts.maxAbs)) {
      if (std::isfinite(largest)) facts.maxAbs = largest;
      else countNonFinite(row, i, facts);
    }
    if (largest == 0) facts.zeroRows.push_back(i);
  }
  if (facts.nonFinite > 0) return facts;

  for (std::size_t j = 0; j < d; ++j) {
    // A constant column's mean is its value, so that centring leaves exact zeros rather than the rounding of a sum.
    if (varies[j] == 0) {
      facts.mean[j] = first[j];
      facts.constantColumns.push_back(j);
    } else {
      facts.mean[j] /= static_cast<double>(n);
    }
    facts.meanNorm2 += facts.mean[j] * facts.mean[j];
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (work && work->cancelled()) throw Cancelled();
    loop.widen(view.row(i), view.dtype, d, row.data());
    loop.centredNorms(row.data(), d, 1.0, facts.mean.data(), &facts.centredNorm2[i], &facts.dotMean[i]);
    facts.scatter += facts.centredNorm2[i];
    double sum = 0;
    for (std::size_t j = 0; j < d; ++j) sum += row[j] - facts.mean[j];
    facts.rowMean[i] = sum / static_cast<double>(d);
  }
  return facts;
}

}  // namespace gramian
