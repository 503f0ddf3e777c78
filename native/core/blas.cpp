#include "blas.h"

#include <climits>
#include <mutex>

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
char* openblas_get_config(void);
char* openblas_get_corename(void);
int openblas_get_parallel(void);
int openblas_get_num_threads(void);
void openblas_set_num_threads(int threads);
}

namespace gramian {

namespace {

constexpr int rowMajor = 101, plain = 111, transposed = 112, lower = 122;

// LP64 BLAS counts in ints. The boundary refuses matrices this large long before; this is the last line.
int dimension(std::size_t value) {
  if (value > static_cast<std::size_t>(INT_MAX)) throw CoreError("INTERNAL", "a BLAS dimension exceeds 2^31 - 1");
  return static_cast<int>(value);
}

enum Threading { serial = 0, pthreads = 1, openmp = 2 };

Threading threading() {
  static const auto found = static_cast<Threading>(openblas_get_parallel());
  return found;
}

// An OpenBLAS built without threads is not safe to call from two of them at once: its calls take turns. An OpenMP build
// keeps its thread count for each calling thread by itself, so each has to be told once.
class Call {
 public:
  Call() {
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

 private:
  std::unique_lock<std::mutex> turn_;
};

}  // namespace

void gemm(bool transA, bool transB, std::size_t m, std::size_t n, std::size_t k, float alpha, const float* a,
          std::size_t lda, const float* b, std::size_t ldb, float beta, float* c, std::size_t ldc) {
  const Call call;
  cblas_sgemm(rowMajor, transA ? transposed : plain, transB ? transposed : plain, dimension(m), dimension(n),
              dimension(k), alpha, a, dimension(lda), b, dimension(ldb), beta, c, dimension(ldc));
}

void gemm(bool transA, bool transB, std::size_t m, std::size_t n, std::size_t k, double alpha, const double* a,
          std::size_t lda, const double* b, std::size_t ldb, double beta, double* c, std::size_t ldc) {
  const Call call;
  cblas_dgemm(rowMajor, transA ? transposed : plain, transB ? transposed : plain, dimension(m), dimension(n),
              dimension(k), alpha, a, dimension(lda), b, dimension(ldb), beta, c, dimension(ldc));
}

void syrkLower(std::size_t n, std::size_t k, float alpha, const float* a, std::size_t lda, float beta, float* c,
               std::size_t ldc) {
  const Call call;
  cblas_ssyrk(rowMajor, lower, plain, dimension(n), dimension(k), alpha, a, dimension(lda), beta, c, dimension(ldc));
}

void syrkLower(std::size_t n, std::size_t k, double alpha, const double* a, std::size_t lda, double beta, double* c,
               std::size_t ldc) {
  const Call call;
  cblas_dsyrk(rowMajor, lower, plain, dimension(n), dimension(k), alpha, a, dimension(lda), beta, c, dimension(ldc));
}

BlasInfo blasInfo() {
  return {openblas_get_config(), openblas_get_corename(), openblas_get_parallel(), openblas_get_num_threads()};
}
void initialiseBlas() { openblas_set_num_threads(1); }

}  // namespace gramian
