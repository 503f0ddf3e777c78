#include "blas.h"

#include <climits>

#include "error.h"

// Own prototypes: no header of any BLAS is needed, and MSVC cannot read OpenBLAS's. The enumerations of CBLAS are ints.
extern "C" {
void cblas_sgemm(int order, int transA, int transB, int m, int n, int k, float alpha, const float* a, int lda,
                 const float* b, int ldb, float beta, float* c, int ldc);
void cblas_dgemm(int order, int transA, int transB, int m, int n, int k, double alpha, const double* a, int lda,
                 const double* b, int ldb, double beta, double* c, int ldc);
void cblas_ssyrk(int order, int uplo, int trans, int n, int k, float alpha, const float* a, int lda, float beta,
                 float* c, int ldc);
void cblas_dsyrk(int order, int uplo, int trans, int n, int k, double alpha, const double* a, int lda, double beta,
                 double* c, int ldc);
void cblas_sgemv(int order, int trans, int m, int n, float alpha, const float* a, int lda, const float* x, int incx,
                 float beta, float* y, int incy);
void cblas_dgemv(int order, int trans, int m, int n, double alpha, const double* a, int lda, const double* x, int incx,
                 double beta, double* y, int incy);
void cblas_dtrsm(int order, int side, int uplo, int trans, int diag, int m, int n, double alpha, const double* a,
                 int lda, double* b, int ldb);
char* openblas_get_config(void);
char* openblas_get_corename(void);
int openblas_get_parallel(void);
int openblas_get_num_threads(void);
void openblas_set_num_threads(int threads);
}

namespace gramian {

namespace {

constexpr int rowMajor = 101, plain = 111, transposed = 112, lower = 122, anyDiagonal = 131, right = 142;

enum Threading { serial = 0, pthreads = 1, openmp = 2 };

Threading threading() {
  static const auto found = static_cast<Threading>(openblas_get_parallel());
  return found;
}

}  // namespace

// LP64 BLAS counts in ints. The boundary refuses matrices this large long before; this is the last line.
int blasDimension(std::size_t value) {
  if (value > static_cast<std::size_t>(INT_MAX)) throw CoreError("INTERNAL", "a BLAS dimension exceeds 2^31 - 1");
  return static_cast<int>(value);
}

// An OpenBLAS built without threads is not safe to call from two of them at once: its calls take turns. An OpenMP build
// keeps its thread count for each calling thread by itself, so each has to be told once.
BlasCall::BlasCall() {
  if (threading() == pthreads) return;
  if (threading() == serial) {
    // Never destroyed: threads of the pool may stand in line while the process ends.
    static std::mutex& turn = *new std::mutex;
    turn_ = std::unique_lock<std::mutex>(turn);
    return;
  }
  static thread_local bool told = false;
  if (!told) openblas_set_num_threads(1);
  told = true;
}

void gemm(bool transA, bool transB, std::size_t m, std::size_t n, std::size_t k, float alpha, const float* a,
          std::size_t lda, const float* b, std::size_t ldb, float beta, float* c, std::size_t ldc) {
  const BlasCall call;
  cblas_sgemm(rowMajor, transA ? transposed : plain, transB ? transposed : plain, blasDimension(m), blasDimension(n),
              blasDimension(k), alpha, a, blasDimension(lda), b, blasDimension(ldb), beta, c, blasDimension(ldc));
}

void gemm(bool transA, bool transB, std::size_t m, std::size_t n, std::size_t k, double alpha, const double* a,
          std::size_t lda, const double* b, std::size_t ldb, double beta, double* c, std::size_t ldc) {
  const BlasCall call;
  cblas_dgemm(rowMajor, transA ? transposed : plain, transB ? transposed : plain, blasDimension(m), blasDimension(n),
              blasDimension(k), alpha, a, blasDimension(lda), b, blasDimension(ldb), beta, c, blasDimension(ldc));
}

void syrkLower(std::size_t n, std::size_t k, float alpha, const float* a, std::size_t lda, float beta, float* c,
               std::size_t ldc) {
  const BlasCall call;
  cblas_ssyrk(rowMajor, lower, plain, blasDimension(n), blasDimension(k), alpha, a, blasDimension(lda), beta, c,
              blasDimension(ldc));
}

void syrkLower(std::size_t n, std::size_t k, double alpha, const double* a, std::size_t lda, double beta, double* c,
               std::size_t ldc) {
  const BlasCall call;
  cblas_dsyrk(rowMajor, lower, plain, blasDimension(n), blasDimension(k), alpha, a, blasDimension(lda), beta, c,
              blasDimension(ldc));
}

void syrkLowerOfColumns(std::size_t n, std::size_t k, float alpha, const float* a, std::size_t lda, float beta,
                        float* c, std::size_t ldc) {
  const BlasCall call;
  cblas_ssyrk(rowMajor, lower, transposed, blasDimension(n), blasDimension(k), alpha, a, blasDimension(lda), beta, c,
              blasDimension(ldc));
}

void syrkLowerOfColumns(std::size_t n, std::size_t k, double alpha, const double* a, std::size_t lda, double beta,
                        double* c, std::size_t ldc) {
  const BlasCall call;
  cblas_dsyrk(rowMajor, lower, transposed, blasDimension(n), blasDimension(k), alpha, a, blasDimension(lda), beta, c,
              blasDimension(ldc));
}

void gemv(bool transA, std::size_t m, std::size_t n, const float* a, std::size_t lda, const float* x, float* y) {
  const BlasCall call;
  cblas_sgemv(rowMajor, transA ? transposed : plain, blasDimension(m), blasDimension(n), 1, a, blasDimension(lda), x, 1,
              0, y, 1);
}

void gemv(bool transA, std::size_t m, std::size_t n, const double* a, std::size_t lda, const double* x, double* y) {
  const BlasCall call;
  cblas_dgemv(rowMajor, transA ? transposed : plain, blasDimension(m), blasDimension(n), 1, a, blasDimension(lda), x, 1,
              0, y, 1);
}

void solveLowerRight(bool transL, std::size_t m, std::size_t n, const double* l, std::size_t ldl, double* b,
                     std::size_t ldb) {
  const BlasCall call;
  cblas_dtrsm(rowMajor, right, lower, transL ? transposed : plain, anyDiagonal, blasDimension(m), blasDimension(n), 1,
              l, blasDimension(ldl), b, blasDimension(ldb));
}

BlasInfo blasInfo() {
  return {openblas_get_config(), openblas_get_corename(), openblas_get_parallel(), openblas_get_num_threads()};
}
void initialiseBlas() { openblas_set_num_threads(1); }

}  // namespace gramian
