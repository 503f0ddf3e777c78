#include "cosine.h"

#include <cmath>
#include <vector>

#include "../error.h"
#include "../simd/loops.h"

namespace gramian {

namespace {

double meanOf(const std::vector<double>& row) {
  double sum = 0;
  for (double x : row) sum += x - row[0];
  return row[0] + sum / static_cast<double>(row.size());
}

void subtract(std::vector<double>& row, double mean) {
  for (double& x : row) x -= mean;
}

}  // namespace

void prepareCosine(const OperatorSpec& spec, const Source& source, Operator& op, const Work* work) {
  const Loops& loop = loops();
  const std::size_t n = source.samples, d = source.features;
  const double unit = std::ldexp(1.0, -source.exponent);  // one scaled length in the features' own
  op.weight.resize(n);
  op.length.resize(n);
  op.excess.resize(n);
  op.offset.resize(n);
  op.diagonal.resize(n);
  op.along = source.dotMean;
  op.meanNorm2 = source.meanNorm2;
  std::vector<double> norm2 = source.norm2;  // of y
  std::vector<double> mean(source.spec.mean, source.spec.mean + d), row(d), part(d);
  if (spec.rowCentred) {
    subtract(mean, meanOf(mean));
    op.meanNorm2 = loop.dot(mean.data(), mean.data(), DType::f64, d) / (unit * unit);
    op.lift.resize(n);
  }
  double along = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (work && work->cancelled()) throw Cancelled();
    // From the row itself: norms and means would leave the length of a row near 0 few digits.
    source.read(i, row.data());
    if (spec.rowCentred) {
      for (std::size_t j = 0; j < d; ++j) part[j] = row[j] - source.spec.mean[j];
      const double own = meanOf(part);
      op.lift[i] = own * std::sqrt(static_cast<double>(d)) / unit;
      subtract(part, own);
      norm2[i] = loop.dot(part.data(), part.data(), DType::f64, d) / (unit * unit);
      op.along[i] = loop.dot(part.data(), mean.data(), DType::f64, d) / (unit * unit);
      subtract(row, meanOf(row));
    }
    const double length2 = loop.dot(row.data(), row.data(), DType::f64, d);
    op.length[i] = std::sqrt(length2);
    op.weight[i] = length2 > 0 ? unit / op.length[i] : 0;
    op.offset[i] = op.weight[i] * (op.along[i] + op.meanNorm2);  // ⟨u_i, μ⟩
    along += op.offset[i] / static_cast<double>(n);
  }
  const double c = op.meanNorm2, omega = c > 0 ? along / c : 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double w = op.weight[i], e = w - omega;
    op.excess[i] = e;
    op.offset[i] *= omega;
    op.diagonal[i] = w * (w * norm2[i] + 2 * e * op.along[i]) + e * e * c;
  }
  op.constant = -omega * omega * c;
}

}  // namespace gramian
