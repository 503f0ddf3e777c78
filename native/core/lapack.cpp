#include "lapack.h"

#include <algorithm>
#include <climits>
#include <cmath>
#include <string>
#include <vector>

#include "blas.h"
#include "error.h"

// Fortran: everything by address, and the length of each string once more at the end.
extern "C" {
void dpotrf_(const char* uplo, const int* n, double* a, const int* lda, int* info, std::size_t);
void dtrtri_(const char* uplo, const char* diag, const int* n, double* a, const int* lda, int* info, std::size_t,
             std::size_t);
void dpocon_(const char* uplo, const int* n, const double* a, const int* lda, const double* anorm, double* rcond,
             double* work, int* iwork, int* info, std::size_t);
void dgeqrf_(const int* m, const int* n, double* a, const int* lda, double* tau, double* work, const int* lwork,
             int* info);
void dgelqf_(const int* m, const int* n, double* a, const int* lda, double* tau, double* work, const int* lwork,
             int* info);
void dorgqr_(const int* m, const int* n, const int* k, double* a, const int* lda, const double* tau, double* work,
             const int* lwork, int* info);
void dorglq_(const int* m, const int* n, const int* k, double* a, const int* lda, const double* tau, double* work,
             const int* lwork, int* info);
void dgesdd_(const char* job, const int* m, const int* n, double* a, const int* lda, double* s, double* u,
             const int* ldu, double* vt, const int* ldvt, double* work, const int* lwork, int* iwork, int* info,
             std::size_t);
}

namespace gramian {

namespace {

constexpr int askLength = -1;

// Divide and conquer on the transpose of A, which is what LAPACK sees: its left vectors are A's right ones.
void divideAndConquer(const char* job, std::size_t m, std::size_t n, double* a, double* values, double* left,
                      double* right) {
  checkFinite(a, m * n);
  const int rows = blasDimension(n), cols = blasDimension(m), least = std::min(rows, cols);
  std::vector<int> integers(8 * static_cast<std::size_t>(least));
  double length = 0;
  int info = 0;
  const BlasCall call;
  dgesdd_(job, &rows, &cols, a, &rows, values, right, &rows, left, &least, &length, &askLength, integers.data(), &info,
          1);
  checkInfo(info, "a singular value decomposition");
  const int size = workLength(length);
  std::vector<double> work(static_cast<std::size_t>(size));
  dgesdd_(job, &rows, &cols, a, &rows, values, right, &rows, left, &least, work.data(), &size, integers.data(), &info,
          1);
  checkInfo(info, "a singular value decomposition");
}

// Factors and forms the orthogonal factor in place; `triangle` is handed what stands in `a` in between.
template <class Factor, class Form, class Triangle>
void orthogonalise(Factor factor, Form form, int rows, int cols, double* a, Triangle triangle) {
  const int least = std::min(rows, cols);
  std::vector<double> tau(static_cast<std::size_t>(least));
  double forFactor = 0, forForm = 0;
  int info = 0;
  const BlasCall call;
  factor(&rows, &cols, a, &rows, tau.data(), &forFactor, &askLength, &info);
  checkInfo(info, "a QR factorisation");
  form(&rows, &cols, &least, a, &rows, tau.data(), &forForm, &askLength, &info);
  checkInfo(info, "a QR factorisation");
  const int size = workLength(std::max(forFactor, forForm));
  std::vector<double> work(static_cast<std::size_t>(size));
  factor(&rows, &cols, a, &rows, tau.data(), work.data(), &size, &info);
  checkInfo(info, "a QR factorisation");
  triangle();
  form(&rows, &cols, &least, a, &rows, tau.data(), work.data(), &size, &info);
  checkInfo(info, "a QR factorisation");
}

template <class Real>
void refuseNonFinite(const Real* values, std::size_t count) {
  const bool finite = std::all_of(values, values + count, [](Real value) { return std::isfinite(value); });
  if (!finite) throw CoreError("NON_FINITE", "The matrix to factorise has entries that are not finite numbers.");
}

}  // namespace

void checkInfo(int info, const char* what) {
  if (info < 0) throw CoreError("INTERNAL", "LAPACK refused argument " + std::to_string(-info) + " of " + what + ".");
  if (info > 0) throw CoreError("INTERNAL", "LAPACK did not find " + std::string(what) + ": its iteration gave up.");
}

void checkFinite(const float* values, std::size_t count) { refuseNonFinite(values, count); }
void checkFinite(const double* values, std::size_t count) { refuseNonFinite(values, count); }

int workLength(double asked) {
  if (!(asked < static_cast<double>(INT_MAX))) {
    throw CoreError("MEMORY_LIMIT", "The matrix is too large for LAPACK, which counts its workspace in 32 bits.");
  }
  return std::max(1, static_cast<int>(asked));
}

bool cholesky(std::size_t n, double* a, std::size_t lda) {
  const int size = blasDimension(n), stride = blasDimension(lda);
  int info = 0;
  const BlasCall call;
  dpotrf_("U", &size, a, &stride, &info, 1);
  if (info < 0) checkInfo(info, "a Cholesky factorisation");
  return info == 0;
}

void invertLower(std::size_t n, double* l, std::size_t ldl) {
  const int size = blasDimension(n), stride = blasDimension(ldl);
  int info = 0;
  const BlasCall call;
  dtrtri_("U", "N", &size, l, &stride, &info, 1, 1);
  checkInfo(info, "the inverse of a triangular matrix");
}

double reciprocalCondition(std::size_t n, const double* l, std::size_t ldl, double norm1) {
  const int size = blasDimension(n), stride = blasDimension(ldl);
  std::vector<double> work(3 * n);
  std::vector<int> integers(n);
  double found = 0;
  int info = 0;
  const BlasCall call;
  dpocon_("U", &size, l, &stride, &norm1, &found, work.data(), integers.data(), &info, 1);
  checkInfo(info, "a condition number");
  return found;
}

void qr(std::size_t m, std::size_t n, double* a, double* r) {
  checkFinite(a, m * n);
  orthogonalise(dgelqf_, dorglq_, blasDimension(n), blasDimension(m), a, [&] {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) r[i * n + j] = j < i ? 0 : a[i * n + j];
    }
  });
}

void lq(std::size_t m, std::size_t n, double* a, double* l) {
  checkFinite(a, m * n);
  orthogonalise(dgeqrf_, dorgqr_, blasDimension(n), blasDimension(m), a, [&] {
    for (std::size_t i = 0; i < m; ++i) {
      for (std::size_t j = 0; j < m; ++j) l[i * m + j] = j > i ? 0 : a[i * n + j];
    }
  });
}

void singularValues(std::size_t m, std::size_t n, double* a, double* values) {
  divideAndConquer("N", m, n, a, values, nullptr, nullptr);
}

void svd(std::size_t m, std::size_t n, double* a, double* values, double* left, double* right) {
  divideAndConquer("S", m, n, a, values, left, right);
}

}  // namespace gramian
