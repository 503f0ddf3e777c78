// What a nuclear norm of a pair cannot do without: one sgemm of two n×r bases and one values-only ssyevd of an r×r
// matrix, pairs spread over all cores, OpenBLAS on one thread in each: SAMPLES RANK PAIRS. Prints seconds a pair.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <thread>
#include <vector>

extern "C" {
void sgemm_(const char*, const char*, const int*, const int*, const int*, const float*, const float*, const int*,
            const float*, const int*, const float*, float*, const int*);
void ssyevd_(const char*, const char*, const int*, float*, const int*, float*, float*, const int*, int*, const int*,
             int*);
void openblas_set_num_threads(int);
}

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  const int n = std::atoi(argv[1]), r = std::atoi(argv[2]), pairs = std::atoi(argv[3]);
  const unsigned threads = std::thread::hardware_concurrency();
  openblas_set_num_threads(1);
  std::mt19937 random(1);
  std::normal_distribution<float> normal;
  std::vector<float> a(static_cast<std::size_t>(n) * r), b(a.size());
  for (float& x : a) x = normal(random);
  for (float& x : b) x = normal(random);
  const float one = 1, zero = 0;
  const auto run = [&](int count) {
    std::atomic<int> next{0};
    std::vector<std::thread> running;
    for (unsigned t = 0; t < threads; ++t) {
      running.emplace_back([&] {
        std::vector<float> m(static_cast<std::size_t>(r) * r), values(r), work(1);
        std::vector<int> iwork(1);
        int info = 0, length = -1, integers = 1;
        // Asked for the length that it works best with: with the least one it is not blocked.
        ssyevd_("N", "L", &r, m.data(), &r, values.data(), work.data(), &length, iwork.data(), &integers, &info);
        length = static_cast<int>(work[0]);
        work.resize(length);
        while (next++ < count) {
          sgemm_("N", "T", &r, &r, &n, &one, a.data(), &r, b.data(), &r, &zero, m.data(), &r);
          ssyevd_("N", "L", &r, m.data(), &r, values.data(), work.data(), &length, iwork.data(), &integers, &info);
        }
      });
    }
    for (std::thread& thread : running) thread.join();
  };
  run(static_cast<int>(threads));
  const auto start = std::chrono::steady_clock::now();
  run(pairs);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::printf("{\"secondsEach\": %.6g, \"pairs\": %d, \"threads\": %u}\n", seconds / pairs, pairs, threads);
}
