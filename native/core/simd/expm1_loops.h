// expm1 to about 1 ulp for |v| ≤ 700, without branches so that the loops around it vectorise. Part of body.h.

inline double expm1Near(double v) {
  v = v > -700.0 ? v : -700.0;
  v = v < 700.0 ? v : 700.0;
  // v = k·ln2 + r, |r| ≤ ln2/2; adding 1.5·2^52 rounds to an integer and leaves it in the low bits.
  const double shifted = v * 1.4426950408889634 + 0x1.8p52;
  const double k = shifted - 0x1.8p52;
  const double r = (v - k * 0x1.62e42fefa3800p-1) - k * 0x1.ef35793c76730p-45;
  // Taylor: the first term left out is below 2^-56 of the sum.
  double q = 1.0 / 6227020800.0;
  q = q * r + 1.0 / 479001600.0;
  q = q * r + 1.0 / 39916800.0;
  q = q * r + 1.0 / 3628800.0;
  q = q * r + 1.0 / 362880.0;
  q = q * r + 1.0 / 40320.0;
  q = q * r + 1.0 / 5040.0;
  q = q * r + 1.0 / 720.0;
  q = q * r + 1.0 / 120.0;
  q = q * r + 1.0 / 24.0;
  q = q * r + 1.0 / 6.0;
  q = q * r + 0.5;
  const double small = (q * r) * r + r;
  std::uint64_t bits;
  __builtin_memcpy(&bits, &shifted, 8);
  bits = (bits << 52) + 0x3ff0000000000000;
  double two;
  __builtin_memcpy(&two, &bits, 8);
  return two * small + (two - 1.0);
}

void exponentialRow(const double* __restrict u, std::size_t count, double rate, double centre, double scale,
                    double* __restrict out) {
  for (std::size_t j = 0; j < count; ++j) out[j] = scale * expm1Near(centre - u[j] * rate);
}

void rootRow(const double* __restrict x, std::size_t count, double* __restrict out) {
  for (std::size_t j = 0; j < count; ++j) out[j] = __builtin_sqrt(x[j]);
}
