#include "lapack_eigen.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "blas.h"
#include "lapack.h"

extern "C" {
void slatrd_(const char* uplo, const int* n, const int* nb, float* a, const int* lda, float* e, float* tau, float* w,
             const int* ldw, std::size_t);
void dlatrd_(const char* uplo, const int* n, const int* nb, double* a, const int* lda, double* e, double* tau,
             double* w, const int* ldw, std::size_t);
void ssyr2k_(const char* uplo, const char* trans, const int* n, const int* k, const float* alpha, const float* a,
             const int* lda, const float* b, const int* ldb, const float* beta, float* c, const int* ldc, std::size_t,
             std::size_t);
void dsyr2k_(const char* uplo, const char* trans, const int* n, const int* k, const double* alpha, const double* a,
             const int* lda, const double* b, const int* ldb, const double* beta, double* c, const int* ldc,
             std::size_t, std::size_t);
void ssytd2_(const char* uplo, const int* n, float* a, const int* lda, float* d, float* e, float* tau, int* info,
             std::size_t);
void dsytd2_(const char* uplo, const int* n, double* a, const int* lda, double* d, double* e, double* tau, int* info,
             std::size_t);
void ssterf_(const int* n, float* d, float* e, int* info);
void dsterf_(const int* n, double* d, double* e, int* info);
void dstedc_(const char* compz, const int* n, double* d, double* e, double* z, const int* ldz, double* work,
             const int* lwork, int* iwork, const int* liwork, int* info, std::size_t);
void dlarft_(const char* direct, const char* storev, const int* n, const int* k, const double* v, const int* ldv,
             const double* tau, double* t, const int* ldt, std::size_t, std::size_t);
void dlarfb_(const char* side, const char* trans, const char* direct, const char* storev, const int* m, const int* n,
             const int* k, const double* v, const int* ldv, const double* t, const int* ldt, double* c, const int* ldc,
             double* work, const int* ldwork, std::size_t, std::size_t, std::size_t, std::size_t);
}

namespace gramian {

namespace {

struct Singles {
  static constexpr auto latrd = slatrd_;
  static constexpr auto syr2k = ssyr2k_;
  static constexpr auto sytd2 = ssytd2_;
  static constexpr auto sterf = ssterf_;
};
struct Doubles {
  static constexpr auto latrd = dlatrd_;
  static constexpr auto syr2k = dsyr2k_;
  static constexpr auto sytd2 = dsytd2_;
  static constexpr auto sterf = dsterf_;
};

template <class Real>
struct Tridiagonal {
  explicit Tridiagonal(std::size_t n) : d(n), e(n), tau(n) {}
  std::vector<Real> d, e, tau;
};

constexpr int kPanel = 32;      // columns reduced at a time, LAPACK's own choice
constexpr int kUnblocked = 64;  // what is left at the end is reduced without blocks
constexpr int kBackPanel = 64;  // reflections undone at a time

void ask(const KeepGoing& keepGoing) {
  if (keepGoing) keepGoing();
}

// A to A·2^k with entries near 1: squares in the reduction neither overflow nor vanish. Returns k.
template <class Real>
int scaleToOne(std::size_t n, Real* a) {
  Real largest = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) largest = std::max(largest, std::fabs(a[i * n + j]));
  }
  if (!(largest > 0)) return 0;
  const int exponent = -std::ilogb(largest);
  if (std::abs(exponent) < 16) return 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) a[i * n + j] = std::ldexp(a[i * n + j], exponent);
  }
  return exponent;
}

template <class Real>
void refuseNonFiniteTriangle(std::size_t n, const Real* a) {
  for (std::size_t i = 0; i < n; ++i) checkFinite(a + i * n, i + 1);
}

// xSYTRD on the upper triangle of what LAPACK sees, which is our lower one, panel by panel.
template <class Routines, class Real>
void reduce(std::size_t order, Real* a, Tridiagonal<Real>& t, const KeepGoing& keepGoing) {
  const int n = blasDimension(order);
  const Real minusOne = -1, one = 1;
  std::vector<Real> w(order * kPanel);
  int left = n;  // rows and columns not reduced yet
  for (; left > kUnblocked; left -= kPanel) {
    ask(keepGoing);
    const BlasCall call;
    const int begin = left - kPanel;
    Real* panel = a + static_cast<std::size_t>(begin) * order;
    Routines::latrd("U", &left, &kPanel, a, &n, t.e.data(), t.tau.data(), w.data(), &n, 1);
    Routines::syr2k("U", "N", &begin, &kPanel, &minusOne, panel, &n, w.data(), &n, &one, a, &n, 1, 1);
    for (int j = begin; j < left; ++j) {
      const std::size_t at = static_cast<std::size_t>(j);
      a[at * order + at - 1] = t.e[at - 1];
      t.d[at] = a[at * order + at];
    }
  }
  const BlasCall call;
  int info = 0;
  Routines::sytd2("U", &left, a, &n, t.d.data(), t.e.data(), t.tau.data(), &info, 1);
  checkInfo(info, "a tridiagonal matrix");
}

template <class Routines, class Real>
void valuesOnly(std::size_t n, Real* a, Real* values, const KeepGoing& keepGoing) {
  refuseNonFiniteTriangle(n, a);
  const int exponent = scaleToOne(n, a);
  Tridiagonal<Real> t(n);
  reduce<Routines>(n, a, t, keepGoing);
  ask(keepGoing);
  const int order = blasDimension(n);
  int info = 0;
  {
    const BlasCall call;
    Routines::sterf(&order, t.d.data(), t.e.data(), &info);
  }
  checkInfo(info, "the eigenvalues");
  for (std::size_t k = 0; k < n; ++k) values[k] = std::ldexp(t.d[k], -exponent);
}

// Undoes the reduction on the eigenvectors of the tridiagonal matrix: xORMTR, panel by panel. Reflection k acts on the
// first k + 1 coordinates and stands in column k + 1 of what LAPACK sees.
void backTransform(std::size_t n, const double* a, const Tridiagonal<double>& t, double* vectors,
                   const KeepGoing& keepGoing) {
  const int order = blasDimension(n);
  std::vector<double> work(n * kBackPanel), triangle(kBackPanel * kBackPanel);
  for (int begin = 0; begin + 1 < order; begin += kBackPanel) {
    ask(keepGoing);
    const BlasCall call;
    const int count = std::min(kBackPanel, order - 1 - begin), rows = begin + count;
    const double* reflections = a + static_cast<std::size_t>(begin + 1) * n;
    dlarft_("B", "C", &rows, &count, reflections, &order, t.tau.data() + begin, triangle.data(), &kBackPanel, 1, 1);
    dlarfb_("L", "N", "B", "C", &rows, &order, &count, reflections, &order, triangle.data(), &kBackPanel, vectors,
            &order, work.data(), &order, 1, 1, 1, 1);
  }
}

}  // namespace

void eigenvalues(std::size_t n, float* a, float* values, const KeepGoing& keepGoing) {
  valuesOnly<Singles>(n, a, values, keepGoing);
}

void eigenvalues(std::size_t n, double* a, double* values, const KeepGoing& keepGoing) {
  valuesOnly<Doubles>(n, a, values, keepGoing);
}

void eigenvectors(std::size_t n, double* a, double* values, double* vectors, const KeepGoing& keepGoing) {
  refuseNonFiniteTriangle(n, a);
  const int exponent = scaleToOne(n, a);
  Tridiagonal<double> t(n);
  reduce<Doubles>(n, a, t, keepGoing);
  ask(keepGoing);
  const int order = blasDimension(n), askLength = -1;
  double length = 0;
  int integers = 0, info = 0;
  {
    const BlasCall call;
    dstedc_("I", &order, t.d.data(), t.e.data(), vectors, &order, &length, &askLength, &integers, &askLength, &info, 1);
    checkInfo(info, "the eigenvectors");
    const int size = workLength(length);
    std::vector<double> work(static_cast<std::size_t>(size));
    std::vector<int> iwork(static_cast<std::size_t>(integers));
    dstedc_("I", &order, t.d.data(), t.e.data(), vectors, &order, work.data(), &size, iwork.data(), &integers, &info,
            1);
  }
  checkInfo(info, "the eigenvectors");
  backTransform(n, a, t, vectors, keepGoing);
  for (std::size_t k = 0; k < n; ++k) values[k] = std::ldexp(t.d[k], -exponent);
}

}  // namespace gramian
