#include "ones_residual.h"

#include <algorithm>

#include "../blas.h"

namespace gramian {

namespace {

double squares(std::size_t n, const double* x) {
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += x[i] * x[i];
  return sum;
}

void moveSumTo(double total, std::size_t n, double* x) {
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += x[i];
  for (std::size_t i = 0; i < n; ++i) x[i] += (total - sum) / static_cast<double>(n);
}

}  // namespace

void onesResidual(const Spectrum& found, std::size_t n, const std::vector<double>& left, double* out) {
  std::fill(out, out + n, 1.0);
  if (found.rank == 0) return;
  std::vector<double> along(found.rank), step(n);
  const auto project = [&](const double* x) {
    gemv(true, n, found.rank, found.u.data(), found.stride, x, along.data());
  };
  const auto add = [&](double sign) {
    gemv(false, n, found.rank, found.u.data(), found.stride, along.data(), step.data());
    for (std::size_t i = 0; i < n; ++i) out[i] += sign * step[i];
  };
  // Twice: the first residual still has the rounding of the ones along U.
  for (int pass = 0; pass < 2; ++pass) {
    project(out);
    add(-1);
  }
  double total = squares(n, out);
  if (!left.empty()) {
    project(std::vector<double>(n, 1.0).data());
    for (std::size_t k = 0; k < found.rank; ++k) {
      const double part = left[k] * along[k];
      total += part * part;
      along[k] = left[k] * part;
    }
    add(1);
  }
  moveSumTo(total, n, out);
}

void onesResidual(const Features& features, const double* factor, double* out) {
  const std::size_t n = features.samples, d = features.kept();
  std::fill(out, out + n, 1.0);
  std::vector<double> along(d), step(n);
  // Normal equations lose the condition of XᵀX, which is at most 10¹²: the third pass finds nothing but rounding.
  for (int pass = 0; pass < 3; ++pass) {
    gemv(true, n, d, features.x.data(), d, out, along.data());
    solveLowerRight(true, 1, d, factor, d, along.data(), d);
    solveLowerRight(false, 1, d, factor, d, along.data(), d);
    gemv(false, n, d, features.x.data(), d, along.data(), step.data());
    for (std::size_t i = 0; i < n; ++i) out[i] -= step[i];
  }
  moveSumTo(squares(n, out), n, out);
}

}  // namespace gramian
