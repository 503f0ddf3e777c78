// What pairSpectraJob's work adds to the two calls that a pair cannot do without: one product of the bases and one
// values-only symmetric eigenproblem. Times both, in turn, on two threads of one binary, and prints the best of each.
//
//   cmake -S . -B build/bench -DGRAMIAN_BENCH=ON && cmake --build build/bench && build/bench/core_bench
#include "spectral/pair_spectra.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <thread>
#include <vector>

#include "blas.h"
#include "lapack.h"
#include "lapack_eigen.h"

using namespace gramian;

namespace {

constexpr std::size_t kSamples = 1000, kRank = 512, kBases = 10, kThreads = 2;

double milliseconds(const std::function<void()>& body) {
  const auto begin = std::chrono::steady_clock::now();
  body();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

void onThreads(std::size_t units, const std::function<void(std::size_t unit, std::size_t slot)>& body) {
  std::atomic<std::size_t> next{0};
  std::vector<std::thread> threads;
  for (std::size_t slot = 0; slot < kThreads; ++slot) {
    threads.emplace_back([&, slot] {
      for (std::size_t unit = next++; unit < units; unit = next++) body(unit, slot);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

template <class Real>
void compare(const char* name, DType dtype, int rounds) {
  std::vector<std::vector<Real>> bases;
  for (std::size_t l = 0; l < kBases; ++l) {
    std::mt19937 random(static_cast<unsigned>(l));
    std::normal_distribution<double> normal;
    std::vector<double> q(kSamples * kRank), r(kRank * kRank);
    for (double& value : q) value = normal(random);
    qr(kSamples, kRank, q.data(), r.data());
    bases.emplace_back(q.begin(), q.end());
  }
  PairSpectraSpec spec;
  for (const auto& basis : bases) spec.bases.push_back({basis.data(), dtype, kSamples, kRank});
  for (std::uint32_t a = 0; a < kBases; ++a) {
    for (std::uint32_t b = a + 1; b < kBases; ++b) spec.pairs.push_back({a, b});
  }
  const std::size_t pairs = spec.pairs.size();
  spec.slots = kThreads;
  PairReading reading;
  reading.counts.assign(kBases, kRank);
  // Regularised as KCC has it, with a spectrum that falls over six decades.
  std::vector<double> falling(kRank);
  for (std::size_t k = 0; k < kRank; ++k) {
    const double eigenvalue = std::pow(10.0, -6.0 * static_cast<double>(k) / kRank);
    falling[k] = std::sqrt(eigenvalue / (eigenvalue + 1e-2));
  }
  const auto timeOf = [&](PairReading::What what, bool weighted = false) {
    reading.weights.assign(kBases, weighted ? falling.data() : nullptr);
    std::vector<double> out(pairs * kRank);
    reading.what = what;
    reading.width = what == PairReading::What::values ? kRank : 1;
    reading.out = out.data();
    PairSpectraSpec one = spec;
    one.readings = {reading};
    const auto work = makePairSpectra(std::move(one));
    return milliseconds(
        [&] { onThreads(pairs, [&](std::size_t unit, std::size_t slot) { work->run(0, unit, slot); }); });
  };

  std::vector<std::vector<Real>> product(kThreads, std::vector<Real>(kRank * kRank)),
      values(kThreads, std::vector<Real>(kRank));
  // The eigenproblem of the product itself, as if it were symmetric: the time does not depend on the numbers.
  const auto floor = [&] {
    return milliseconds([&] {
      onThreads(pairs, [&](std::size_t unit, std::size_t slot) {
        const Pair pair = spec.pairs[unit];
        gemm(true, false, kRank, kRank, kSamples, Real(1), bases[pair.a].data(), kRank, bases[pair.b].data(), kRank,
             Real(0), product[slot].data(), kRank);
        eigenvalues(kRank, product[slot].data(), values[slot].data());
      });
    });
  };
  double least = 1e300, all = 1e300, largest = 1e300, logdet = 1e300, graded = 1e300, first = 1e300;
  for (int round = 0; round < rounds; ++round) {
    least = std::min(least, floor());
    all = std::min(all, timeOf(PairReading::What::values));
    largest = std::min(largest, timeOf(PairReading::What::largest));
    logdet = std::min(logdet, timeOf(PairReading::What::logdet));
    graded = std::min(graded, timeOf(PairReading::What::values, true));
    first = std::min(first, timeOf(PairReading::What::largest, true));
  }
  const double each = static_cast<double>(kThreads) / static_cast<double>(pairs);
  std::printf(
      "%s, %zu pairs, n=%zu, r=%zu, ms of a thread per pair: product and eigenvalues %.2f; values %.2f (%.2fx), "
      "largest %.2f (%.2fx), logdet %.2f (%.2fx); with falling weights: values %.2f (%.2fx), largest %.2f (%.2fx)\n",
      name, pairs, kSamples, kRank, least * each, all * each, all / least, largest * each, largest / least,
      logdet * each, logdet / least, graded * each, graded / least, first * each, first / least);
}

}  // namespace

int main(int count, char** arguments) {
  initialiseBlas();
  const int rounds = count > 1 ? std::atoi(arguments[1]) : 5;
  compare<float>("f32", DType::f32, rounds);
  compare<double>("f64", DType::f64, rounds);
}
