// The inner loops against slow twins: exact on small integers, over odd lengths; every instruction set that this
// processor has.
#include "simd/loops.h"

#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

#include "check.h"
#include "engine/aligned.h"

using namespace gramian;

namespace {

std::vector<const Loops*> tables() {
  std::vector<const Loops*> found{&baselineLoops()};
#if defined(__x86_64__) && defined(__GNUC__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) found.push_back(&avx2Loops());
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl")) {
    found.push_back(&avx512Loops());
  }
#endif
  return found;
}

int small(std::size_t k) { return static_cast<int>((k * 2654435761u >> 7) % 15) - 7; }

template <class Real, class Stack>
void stackIsExact(const Loops& loop, Stack stack) {
  for (std::size_t L : {1, 2, 3, 4, 5, 6, 11, 48, 53}) {
    for (std::size_t count : {1, 7, 16, 17, 511, 1025, 2050}) {
      const std::size_t stride = count + 3, ld = L + 2;
      std::vector<Real> rows(L * stride, Real(99));  // what lies between rows must not be read
      for (std::size_t l = 0; l < L; ++l) {
        for (std::size_t p = 0; p < count; ++p) rows[l * stride + p] = static_cast<Real>(small(l * 131 + p));
      }
      std::vector<double> gram(L * ld, 0.5);
      Aligned<char> scratch(loop.stackScratch(L));
      stack(rows.data(), L, stride, count, gram.data(), ld, scratch.data());
      bool right = true;
      for (std::size_t a = 0; a < L; ++a) {
        for (std::size_t b = 0; b < ld; ++b) {
          double expected = 0.5;
          if (b >= a && b < L) {
            for (std::size_t p = 0; p < count; ++p) {
              expected += static_cast<double>(rows[a * stride + p]) * static_cast<double>(rows[b * stride + p]);
            }
          }
          right = right && gram[a * ld + b] == expected;
        }
      }
      CHECK(right);
    }
  }
}

}  // namespace

TEST("stack: sums of products of integers are exact, below the diagonal nothing is touched") {
  for (const Loops* loop : tables()) {
    stackIsExact<float>(*loop, loop->stackF32);
    stackIsExact<float>(*loop, loop->stackF32Flush);
    stackIsExact<double>(*loop, loop->stackF64);
  }
}

TEST("widen: every finite half and bfloat is exact, the others are seen as not finite") {
  std::vector<std::uint16_t> all(65536);
  for (std::size_t k = 0; k < all.size(); ++k) all[k] = static_cast<std::uint16_t>(k);
  for (const Loops* loop : tables()) {
    std::vector<double> out(all.size());
    loop->widen(all.data(), DType::f16, all.size(), out.data());
    bool halves = true, bfloats = true;
    for (std::size_t k = 0; k < all.size(); ++k) {
      const int exponent = static_cast<int>(k >> 10 & 31), fraction = static_cast<int>(k & 1023);
      const double sign = k >> 15 ? -1 : 1;
      if (exponent == 31) halves = halves && !std::isfinite(out[k]);
      else if (exponent == 0) halves = halves && out[k] == sign * std::ldexp(fraction, -24);
      else halves = halves && out[k] == sign * std::ldexp(1024 + fraction, exponent - 25);
    }
    loop->widen(all.data(), DType::bf16, all.size(), out.data());
    for (std::size_t k = 0; k < all.size(); ++k) {
      const std::uint32_t bits = static_cast<std::uint32_t>(k) << 16;
      float value;
      std::memcpy(&value, &bits, 4);
      bfloats = bfloats && (std::isfinite(value) ? out[k] == value : !std::isfinite(out[k]));
    }
    CHECK(halves);
    CHECK(bfloats);
  }
}

TEST("exponential: expm1 within 4 ulp of the C library's, from 1e-300 to 700") {
  std::vector<double> v{0,  1e-300, -1e-300, 1e-17, -1e-9, 1e-5, -0.3, 0.3465, -0.3466, 0.7,
                        -1, 1,      -20,     20,    -45,   87,   -300, 300,    699};
  for (double x = -8; x < 8; x += 0.00137) v.push_back(x);
  for (const Loops* loop : tables()) {
    std::vector<double> u(v.size()), out(v.size());
    for (std::size_t k = 0; k < v.size(); ++k) u[k] = -v[k];
    loop->exponentialRow(u.data(), u.size(), 1, 0, 1, out.data());
    double worst = 0;
    for (std::size_t k = 0; k < v.size(); ++k) {
      const double expected = std::expm1(v[k]);
      if (expected == 0) CHECK(out[k] == 0);
      else worst = std::max(worst, std::fabs(out[k] - expected) / std::fabs(expected));
    }
    CHECK(worst <= 4 * 2.3e-16);
  }
}

TEST("polynomial: the conditioned part is what is left of (β + s + g)^p, exactly on integers") {
  for (const Loops* loop : tables()) {
    for (unsigned degree : {1u, 2u, 3u, 4u, 5u}) {
      std::vector<double> g, alpha;
      for (int k = 0; k < 37; ++k) {
        g.push_back(small(k));
        alpha.push_back(small(k + 100));
      }
      const double base = 3, x = -4;
      std::vector<double> out = g, scratch(4 * g.size());
      loop->polynomialRow(out.data(), out.size(), {degree, base, 1, x, alpha.data(), 1}, scratch.data());
      bool right = true;
      const auto f = [&](double y) { return std::pow(base + y, degree); };
      for (std::size_t k = 0; k < g.size(); ++k)
        right = right && out[k] == f(x + alpha[k] + g[k]) - f(x) - f(alpha[k]) + f(0);
      CHECK(right);
    }
  }
}
