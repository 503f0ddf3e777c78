// What this machine's BLAS reaches in sgemm: a large square product on every core at once, one thread each, the best of
// several.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

extern "C" {
void sgemm_(const char*, const char*, const int*, const int*, const int*, const float*, const float*, const int*,
            const float*, const int*, const float*, float*, const int*);
void openblas_set_num_threads(int);
}

int main(int argc, char** argv) {
  const int threads = argc > 1 ? std::atoi(argv[1]) : 1;
  const int n = 2048;
  openblas_set_num_threads(1);
  std::vector<std::vector<float>> a(threads), c(threads);
  for (int t = 0; t < threads; ++t) {
    a[t].resize(static_cast<std::size_t>(n) * n);
    c[t].resize(a[t].size());
    for (std::size_t k = 0; k < a[t].size(); ++k) a[t][k] = static_cast<float>(k % 1013) / 1013.0f;
  }
  const float one = 1, zero = 0;
  double best = 0;
  for (int round = 0; round < 5; ++round) {
    const auto start = std::chrono::steady_clock::now();
    std::vector<std::thread> running;
    for (int t = 0; t < threads; ++t) {
      running.emplace_back(
          [&, t] { sgemm_("N", "T", &n, &n, &n, &one, a[t].data(), &n, a[t].data(), &n, &zero, c[t].data(), &n); });
    }
    for (std::thread& thread : running) thread.join();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const double rate = threads * 2.0 * n * n * n / seconds;
    if (rate > best) best = rate;
  }
  std::printf("{\"flopsPerSecond\": %.6g, \"threads\": %d}\n", best, threads);
}
