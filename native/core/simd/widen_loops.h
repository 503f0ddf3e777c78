// Element types to f64 and to panels. Part of body.h.

// Exact for every finite half: the exponent is re-biased by one multiplication, which also normalises subnormals.
inline float halfToFloat(std::uint16_t h) {
  const std::uint32_t magnitude = static_cast<std::uint32_t>(h & 0x7fffu) << 13;
  float value;
  __builtin_memcpy(&value, &magnitude, 4);
  value *= 0x1p112f;
  std::uint32_t bits;
  __builtin_memcpy(&bits, &value, 4);
  // Infinities and NaNs have come out as 2^16…2^17: give them their exponent back so that they are seen as not finite.
  bits |= (h & 0x7c00u) == 0x7c00u ? 0x7f800000u : 0u;
  bits |= static_cast<std::uint32_t>(h & 0x8000u) << 16;
  __builtin_memcpy(&value, &bits, 4);
  return value;
}

inline float bfloatToFloat(std::uint16_t h) {
  const std::uint32_t bits = static_cast<std::uint32_t>(h) << 16;
  float value;
  __builtin_memcpy(&value, &bits, 4);
  return value;
}

inline double toDouble(double x) { return x; }
inline double toDouble(float x) { return x; }

struct Half {
  std::uint16_t bits;
};
struct BFloat {
  std::uint16_t bits;
};
inline double toDouble(Half x) { return halfToFloat(x.bits); }
inline double toDouble(BFloat x) { return bfloatToFloat(x.bits); }

template <class Element>
void widenFrom(const Element* __restrict x, std::size_t count, double* __restrict out) {
  for (std::size_t j = 0; j < count; ++j) out[j] = toDouble(x[j]);
}

void widen(const void* x, DType dtype, std::size_t count, double* out) {
  switch (dtype) {
    case DType::f64: std::memcpy(out, x, count * sizeof(double)); break;
    case DType::f32: widenFrom(static_cast<const float*>(x), count, out); break;
    case DType::f16: widenFrom(static_cast<const Half*>(x), count, out); break;
    case DType::bf16: widenFrom(static_cast<const BFloat*>(x), count, out); break;
  }
}

template <class Element, class Real>
void packFrom(const Element* __restrict x, std::size_t count, const double* __restrict mean, double scale,
              Real* __restrict out) {
  for (std::size_t j = 0; j < count; ++j) {
    out[j] = static_cast<Real>((toDouble(x[j]) - mean[j]) * scale);
  }
}

template <class Real>
void pack(const void* x, DType dtype, std::size_t count, const double* mean, double scale, Real* out) {
  switch (dtype) {
    case DType::f64: packFrom(static_cast<const double*>(x), count, mean, scale, out); break;
    case DType::f32: packFrom(static_cast<const float*>(x), count, mean, scale, out); break;
    case DType::f16: packFrom(static_cast<const Half*>(x), count, mean, scale, out); break;
    case DType::bf16: packFrom(static_cast<const BFloat*>(x), count, mean, scale, out); break;
  }
}
