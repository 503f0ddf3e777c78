// The permutation kernel: outer products of two points' values over all operators, the one point gathered. Part of
// body.h.

// As many columns as there are registers for: 24 sums of 64 bytes fit in AVX-512's 32, 8 in any other's 16.
constexpr std::size_t kPermutedMost = GRAMIAN_VECTOR_BYTES == 64 ? 24 : 8;

template <class Real, std::size_t columns>
__attribute__((noinline)) void permutedBlock(const Real* left, const Real* right, const std::uint32_t* at,
                                             std::size_t count, std::size_t stride, double* sums, std::size_t ld) {
  using V = typename Vector<Real>::type;
  V held[columns] = {};
  for (std::size_t p = 0; p < count; ++p) {
    V a;
    std::memcpy(&a, left + p * stride, sizeof a);
    const Real* b = right + at[p] * stride;
#pragma GCC unroll 24
    for (std::size_t k = 0; k < columns; ++k) held[k] += a * b[k];
  }
  for (std::size_t k = 0; k < columns; ++k) {
    for (std::size_t lane = 0; lane < Vector<Real>::lanes; ++lane) {
      sums[k * ld + lane] += static_cast<double>(held[k][lane]);
    }
  }
}

template <class Real>
void permuted(const Real* left, const Real* right, const std::uint32_t* at, std::size_t count, std::size_t stride,
              std::size_t columns, double* sums, std::size_t ld) {
  if constexpr (kPermutedMost > 8) {
    if (columns == 24) return permutedBlock<Real, 24>(left, right, at, count, stride, sums, ld);
    if (columns == 16) return permutedBlock<Real, 16>(left, right, at, count, stride, sums, ld);
  }
  permutedBlock<Real, 8>(left, right, at, count, stride, sums, ld);
}
