// The loop of the median's bracket: bounds of squared distances, and which may lie within. Part of body.h, after
// neighbour_loops.h.

std::size_t boundRow(const float* __restrict raw, std::size_t count, const BoundRow& row, double* __restrict low,
                     double* __restrict high, std::uint32_t* __restrict hits, std::size_t* below) {
  constexpr std::size_t lanes = Vector<double>::lanes, chunk = 16;
  const double* __restrict colLow = row.colLow;
  const double* __restrict colHigh = row.colHigh;
  const double* __restrict colSlack = row.colSlack;
  for (std::size_t j = 0; j < count; ++j) {
    const double twice = 2 * static_cast<double>(raw[j]), slack = row.slack * colSlack[j];
    low[j] = row.low + colLow[j] - twice - slack;
    high[j] = row.high + colHigh[j] - twice + slack;
  }
  std::size_t found = 0, j = 0;
  Mask under{};
  for (; j + chunk <= count; j += chunk) {
    Mask any{};
#pragma GCC unroll 8
    for (std::size_t v = 0; v < chunk; v += lanes) {
      const Mask less = loadVector(high + j + v) < row.from;
      under += less;  // −1 for each
      // Not "between": what is not a number has to be looked at.
      any |= bitsOf(~(less | (loadVector(low + j + v) > row.to)), v);
    }
    for (std::uint64_t bits = foldBits(any); bits != 0; bits &= bits - 1) {
      hits[found++] = static_cast<std::uint32_t>(j + static_cast<std::size_t>(__builtin_ctzll(bits)));
    }
  }
  for (std::size_t k = 0; k < lanes; ++k) *below += static_cast<std::size_t>(-under[k]);
  for (; j < count; ++j) {
    if (high[j] < row.from) ++*below;
    else if (!(low[j] > row.to)) hits[found++] = static_cast<std::uint32_t>(j);
  }
  return found;
}
