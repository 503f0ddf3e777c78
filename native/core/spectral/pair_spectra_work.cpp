// One pair a unit: the product of two bases, and every reading of it.
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "../blas.h"
#include "../error.h"
#include "../lapack.h"
#include "../simd/loops.h"
#include "correlation_logdet.h"
#include "lanczos.h"
#include "pair_spectra.h"
#include "singular_values.h"
#include "strips.h"

namespace gramian {

namespace {

using What = PairReading::What;

// 1 − σ² below this is rounding: of the bases' entries in f32, of the orthonormality of f64 ones.
template <class Real>
constexpr double kOne = std::is_same<Real, float>::value ? 64 * 0x1p-24 : 1024 * 0x1p-53;

double largestOf(const double* weights, std::size_t count) {
  if (weights == nullptr) return 1;
  double most = 0;
  for (std::size_t k = 0; k < count; ++k) most = std::max(most, std::fabs(weights[k]));
  return most;
}

// Σ_i α_i σ_i / Σ_i α_i with α_i the sum of absolute values in row i of Q·L, Q s×k.
double loadedMean(const double* q, std::size_t s, std::size_t k, const MatrixView& loadings, const double* sigma) {
  const std::size_t d = loadings.cols;
  std::vector<double> wide(k * d), turned(s * d);
  for (std::size_t i = 0; i < k; ++i) loops().widen(loadings.row(i), loadings.dtype, d, wide.data() + i * d);
  gemm(false, false, s, d, k, 1.0, q, k, wide.data(), d, 0.0, turned.data(), d);
  double sum = 0, weight = 0;
  for (std::size_t i = 0; i < s; ++i) {
    double alpha = 0;
    for (std::size_t j = 0; j < d; ++j) alpha += std::fabs(turned[i * d + j]);
    sum += alpha * sigma[i];
    weight += alpha;
  }
  return sum / weight;
}

template <class Real>
class PairSpectra : public Work {
 public:
  explicit PairSpectra(PairSpectraSpec spec)
      : spec_(std::move(spec)), most_(spec_.bases.size(), 0), scratch_(spec_.slots) {
    for (const PairReading& reading : spec_.readings) {
      for (std::size_t l = 0; l < most_.size(); ++l) most_[l] = std::max(most_[l], reading.counts[l]);
    }
  }

  std::size_t phases() const override { return 1; }
  std::size_t units(std::size_t) const override { return spec_.pairs.size(); }
  std::uint64_t total() const override { return spec_.pairs.size(); }

  void run(std::size_t, std::size_t unit, std::size_t slot) override {
    Scratch& scratch = scratch_[slot];
    const Pair pair = spec_.pairs[unit];
    multiply(pair, scratch);
    for (const PairReading& reading : spec_.readings) {
      goOn();
      read(reading, pair, scratch, reading.out + unit * reading.width);
    }
    advance();
  }

 private:
  struct Scratch {
    Aligned<Real> product, weighted;
    Aligned<double> wide;
    SingularValueScratch values;
  };
  // The part of the product that a reading is about, times its weights, divided by `unit`.
  struct Part {
    std::size_t rows, cols;
    const Real* data;
    double unit;
    Grading grading;
  };

  void goOn() const {
    if (cancelled()) throw Cancelled();
  }

  void multiply(const Pair& pair, Scratch& scratch) const {
    const MatrixView &a = spec_.bases[pair.a], &b = spec_.bases[pair.b];
    const std::size_t m = most_[pair.a], n = most_[pair.b];
    Real* out = scratch.product.grow(m * n);
    if (m == 0 || n == 0) return;
    forStrips(
        a.rows, 2.0 * static_cast<double>(m * n) / 8, [this] { goOn(); },
        [&](std::size_t begin, std::size_t count) {
          gemm(true, false, m, n, count, Real(1), static_cast<const Real*>(a.row(begin)), a.cols,
               static_cast<const Real*>(b.row(begin)), b.cols, begin == 0 ? Real(0) : Real(1), out, n);
        });
  }

  Part part(const PairReading& reading, const Pair& pair, Scratch& scratch) const {
    const std::size_t m = reading.counts[pair.a], n = reading.counts[pair.b], stride = most_[pair.b];
    const double *left = reading.weights[pair.a], *right = reading.weights[pair.b];
    const Real* product = scratch.product.data();
    if (!left && !right && n == stride) return {m, n, product, 1, {}};
    // Divided by the largest weights, so that squares of the entries fit in f32.
    const double leftUnit = largestOf(left, m), rightUnit = largestOf(right, n);
    Real* out = scratch.weighted.grow(m * n);
    std::vector<double> column(n, 1);
    for (std::size_t j = 0; right && rightUnit > 0 && j < n; ++j) column[j] = right[j] / rightUnit;
    for (std::size_t i = 0; i < m; ++i) {
      const double row = left && leftUnit > 0 ? left[i] / leftUnit : 1;
      for (std::size_t j = 0; j < n; ++j) {
        out[i * n + j] = static_cast<Real>(static_cast<double>(product[i * stride + j]) * row * column[j]);
      }
    }
    return {m, n, out, leftUnit * rightUnit, {leftUnit > 0 ? left : nullptr, rightUnit > 0 ? right : nullptr}};
  }

  void read(const PairReading& reading, const Pair& pair, Scratch& scratch, double* out) const {
    const Part found = part(reading, pair, scratch);
    const std::size_t s = std::min(found.rows, found.cols);
    const KeepGoing keepGoing = [this] { goOn(); };
    if (s == 0) {
      // Of no singular value at all: none is largest, and the determinant is that of nothing.
      const double none = reading.what == What::largest || reading.what == What::logdet ? 0 : std::nan("");
      std::fill(out, out + reading.width, none);
      return;
    }
    if (reading.what == What::values) {
      allSingularValues(found.rows, found.cols, found.data, found.grading, scratch.values, out, keepGoing);
      for (std::size_t k = 0; k < s; ++k) out[k] *= found.unit;
      std::fill(out + s, out + reading.width, std::nan(""));
      return;
    }
    if (reading.what == What::largest) {
      *out = largestSingularValue(found.rows, found.cols, found.data, keepGoing) * found.unit;
      return;
    }
    double* wide = scratch.wide.grow(found.rows * found.cols);
    const double unit = reading.what == What::logdet ? found.unit : 1;
    for (std::size_t k = 0; k < found.rows * found.cols; ++k) wide[k] = static_cast<double>(found.data[k]) * unit;
    if (reading.what == What::logdet) {
      *out = correlationLogdet(found.rows, found.cols, wide, kOne<Real>);
    } else {
      weigh(reading, pair, found, wide, out);
    }
  }

  void weigh(const PairReading& reading, const Pair& pair, const Part& found, double* wide, double* out) const {
    const std::size_t m = found.rows, n = found.cols, s = std::min(m, n);
    Vectors vectors{std::vector<double>(s), std::vector<double>(s * m), std::vector<double>(s * n)};
    if (!throughGram(m, n, wide, vectors)) throughSvd(m, n, wide, vectors);
    for (double& value : vectors.sigma) value *= found.unit;
    goOn();
    out[0] = loadedMean(vectors.left.data(), s, m, reading.loadings[pair.a], vectors.sigma.data());
    out[1] = loadedMean(vectors.right.data(), s, n, reading.loadings[pair.b], vectors.sigma.data());
  }

  // Singular values, falling, and the vectors of both sides in rows.
  struct Vectors {
    std::vector<double> sigma, left, right;
  };

  static void throughSvd(std::size_t m, std::size_t n, double* wide, Vectors& found) {
    const std::size_t s = std::min(m, n);
    std::vector<double> left(m * s);
    svd(m, n, wide, found.sigma.data(), left.data(), found.right.data());
    for (std::size_t i = 0; i < m; ++i) {
      for (std::size_t k = 0; k < s; ++k) found.left[k * m + i] = left[i * s + k];
    }
  }

  // The eigenvectors of the smaller Gram matrix, and the other side's from the product with them: half the time of an
  // SVD. False where a value is so small that its other vector would be lost in rounding.
  bool throughGram(std::size_t m, std::size_t n, const double* wide, Vectors& found) const {
    constexpr double kLeast = 1e-5;
    const std::size_t s = std::min(m, n);
    const bool tall = m > n;
    std::vector<double> gram(s * s), rising(s);
    std::vector<double>&own = tall ? found.right : found.left, &other = tall ? found.left : found.right;
    if (tall) syrkLowerOfColumns(n, m, 1.0, wide, n, 0.0, gram.data(), s);
    else syrkLower(m, n, 1.0, wide, n, 0.0, gram.data(), s);
    eigenvectors(s, gram.data(), rising.data(), own.data(), [this] { goOn(); });
    if (!(rising.front() > kLeast * kLeast * rising.back())) return false;
    for (std::size_t k = 0; k < s / 2; ++k) {
      std::swap_ranges(own.data() + k * s, own.data() + (k + 1) * s, own.data() + (s - 1 - k) * s);
    }
    for (std::size_t k = 0; k < s; ++k) found.sigma[k] = std::sqrt(rising[s - 1 - k]);
    const std::size_t length = tall ? m : n;
    gemm(false, tall, s, length, s, 1.0, own.data(), s, wide, n, 0.0, other.data(), length);
    for (std::size_t k = 0; k < s; ++k) {
      for (std::size_t j = 0; j < length; ++j) other[k * length + j] /= found.sigma[k];
    }
    return true;
  }

  const PairSpectraSpec spec_;
  std::vector<std::size_t> most_;  // of each basis, the columns that some reading uses
  std::vector<Scratch> scratch_;
};

}  // namespace

std::unique_ptr<Work> makePairSpectra(PairSpectraSpec spec) {
  const bool f32 = !spec.bases.empty() && spec.bases[0].dtype == DType::f32;
  if (f32) return std::make_unique<PairSpectra<float>>(std::move(spec));
  return std::make_unique<PairSpectra<double>>(std::move(spec));
}

}  // namespace gramian
