// The BLAS, typed and row-major: the one place that knows its symbols. Any thread may call; each call runs on the
// caller's thread.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>

namespace gramian {

// C = alpha·op(A)·op(B) + beta·C, row-major: op(A) is m×k, op(B) is k×n, C is m×n; lda, ldb and ldc are row lengths in
// memory.
void gemm(bool transA, bool transB, std::size_t m, std::size_t n, std::size_t k, float alpha, const float* a,
          std::size_t lda, const float* b, std::size_t ldb, float beta, float* c, std::size_t ldc);
void gemm(bool transA, bool transB, std::size_t m, std::size_t n, std::size_t k, double alpha, const double* a,
          std::size_t lda, const double* b, std::size_t ldb, double beta, double* c, std::size_t ldc);

// C = alpha·A·Aᵀ + beta·C for A n×k, row-major; only the lower triangle of C, diagonal included, is read and written.
void syrkLower(std::size_t n, std::size_t k, float alpha, const float* a, std::size_t lda, float beta, float* c,
               std::size_t ldc);
void syrkLower(std::size_t n, std::size_t k, double alpha, const double* a, std::size_t lda, double beta, double* c,
               std::size_t ldc);

// The same of columns: C = alpha·Aᵀ·A + beta·C for A k×n.
void syrkLowerOfColumns(std::size_t n, std::size_t k, float alpha, const float* a, std::size_t lda, float beta,
                        float* c, std::size_t ldc);
void syrkLowerOfColumns(std::size_t n, std::size_t k, double alpha, const double* a, std::size_t lda, double beta,
                        double* c, std::size_t ldc);

// y = op(A)·x for A m×n, row-major.
void gemv(bool transA, std::size_t m, std::size_t n, const float* a, std::size_t lda, const float* x, float* y);
void gemv(bool transA, std::size_t m, std::size_t n, const double* a, std::size_t lda, const double* x, double* y);

// B becomes B·L⁻ᵀ (`transposed`) or B·L⁻¹ for B m×n and L n×n, row-major; only L's lower triangle is read.
void solveLowerRight(bool transposed, std::size_t m, std::size_t n, const double* l, std::size_t ldl, double* b,
                     std::size_t ldb);

// Held during a call of BLAS or LAPACK by the two files that make them. Calls take turns where the library was built
// without threads, and a library that keeps its thread count for each thread is told to use one.
class BlasCall {
 public:
  BlasCall();

 private:
  std::unique_lock<std::mutex> turn_;
};

// A dimension as the library counts it.
int blasDimension(std::size_t value);

struct BlasInfo {
  std::string config;  // what the library says of its build
  std::string core;    // the processor kernels that it picked
  int parallel = 0;    // 0 built without threads, 1 with pthreads, 2 with OpenMP
  int threads = 1;     // how many it may use in one call
};
BlasInfo blasInfo();

// Call once before the first product: one thread per call, whatever the environment asks.
void initialiseBlas();

}  // namespace gramian
