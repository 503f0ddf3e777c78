// The BLAS, typed and row-major: the one place that knows its symbols. Any thread may call; each call runs on the
// caller's thread.
#pragma once

#include <cstddef>
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
