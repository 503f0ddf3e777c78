// Loops of the search for nearest neighbours: keys of one row of a tile, and exact products of two rows. Part of
// body.h.

inline typename Vector<double>::type loadVector(const double* from) {
  typename Vector<double>::type v;
  __builtin_memcpy(&v, from, sizeof v);
  return v;
}

// One bit for each lane of a comparison, from bit `first` on.
using Mask = decltype(typename Vector<double>::type{} != typename Vector<double>::type{});
inline Mask bitsOf(Mask mask, std::size_t first) {
  Mask bits;
  for (std::size_t k = 0; k < Vector<double>::lanes; ++k) bits[k] = 1ll << (first + k);
  return mask & bits;
}
inline std::uint64_t foldBits(Mask bits) {
  long long all = 0;
  for (std::size_t k = 0; k < Vector<double>::lanes; ++k) all |= bits[k];
  return static_cast<std::uint64_t>(all);
}

std::size_t keyRow(const double* __restrict values, std::size_t count, const KeyRow& row, double* __restrict rowKeys,
                   double* __restrict colKeys, std::uint32_t* __restrict hits) {
  using V = typename Vector<double>::type;
  constexpr std::size_t lanes = Vector<double>::lanes, chunk = 16;
  std::size_t found = 0, j = 0;
  for (; j + chunk <= count; j += chunk) {
    Mask any{};
#pragma GCC unroll 8
    for (std::size_t v = 0; v < chunk; v += lanes) {
      const std::size_t k = j + v;
      const V upper = loadVector(values + k) + row.slack * loadVector(row.colSlack + k);
      const V rowKey = upper + loadVector(row.colOffset + k), colKey = upper + row.offset;
      __builtin_memcpy(rowKeys + k, &rowKey, sizeof rowKey);
      __builtin_memcpy(colKeys + k, &colKey, sizeof colKey);
      any |= bitsOf((rowKey >= row.worst) | (colKey >= loadVector(row.colWorst + k)), v);
    }
    for (std::uint64_t bits = foldBits(any); bits != 0; bits &= bits - 1) {
      hits[found++] = static_cast<std::uint32_t>(j + static_cast<std::size_t>(__builtin_ctzll(bits)));
    }
  }
  for (; j < count; ++j) {
    const double upper = values[j] + row.slack * row.colSlack[j];
    rowKeys[j] = upper + row.colOffset[j];
    colKeys[j] = upper + row.offset;
    if (rowKeys[j] >= row.worst || colKeys[j] >= row.colWorst[j]) hits[found++] = static_cast<std::uint32_t>(j);
  }
  return found;
}

double keyFloor(const double* __restrict values, std::size_t count, const KeyRow& row, std::size_t kept) {
  // The largest key of each of 64 groups: what `kept` of the groups reach, `kept` entries reach.
  constexpr std::size_t groups = 64;
  constexpr double none = -std::numeric_limits<double>::infinity();
  if (count < 2 * groups || kept > groups / 2) return none;
  double largest[groups];
  for (std::size_t k = 0; k < groups; ++k) largest[k] = none;
  for (std::size_t j = 0; j + groups <= count; j += groups) {
    for (std::size_t k = 0; k < groups; ++k) {
      const double key = values[j + k] + row.slack * row.colSlack[j + k] + row.colOffset[j + k];
      largest[k] = largest[k] > key ? largest[k] : key;
    }
  }
  double low = largest[0], high = largest[0];
  for (std::size_t k = 1; k < groups; ++k) {
    low = low < largest[k] ? low : largest[k];
    high = high > largest[k] ? high : largest[k];
  }
  for (int step = 0; step < 8; ++step) {
    const double middle = low + (high - low) / 2;
    double reach = 0;
    for (std::size_t k = 0; k < groups; ++k) reach += largest[k] >= middle ? 1.0 : 0.0;
    if (reach >= static_cast<double>(kept)) low = middle;
    else high = middle;
  }
  return low;
}

template <class Element>
double dotFrom(const double* __restrict x, const Element* __restrict y, std::size_t count) {
  double lanes[2 * kLanes] = {0};
  std::size_t j = 0;
  for (; j + 2 * kLanes <= count; j += 2 * kLanes) {
    for (std::size_t k = 0; k < 2 * kLanes; ++k) lanes[k] += x[j + k] * toDouble(y[j + k]);
  }
  double tail = 0;
  for (; j < count; ++j) tail += x[j] * toDouble(y[j]);
  return (sumLanes(lanes) + sumLanes(lanes + kLanes)) + tail;
}

template <class Element>
double distanceFrom(const double* __restrict x, const Element* __restrict y, std::size_t count) {
  double lanes[2 * kLanes] = {0};
  std::size_t j = 0;
  for (; j + 2 * kLanes <= count; j += 2 * kLanes) {
    for (std::size_t k = 0; k < 2 * kLanes; ++k) {
      const double away = x[j + k] - toDouble(y[j + k]);
      lanes[k] += away * away;
    }
  }
  double tail = 0;
  for (; j < count; ++j) {
    const double away = x[j] - toDouble(y[j]);
    tail += away * away;
  }
  return (sumLanes(lanes) + sumLanes(lanes + kLanes)) + tail;
}

double dot(const double* x, const void* y, DType dtype, std::size_t count) {
  switch (dtype) {
    case DType::f64: return dotFrom(x, static_cast<const double*>(y), count);
    case DType::f32: return dotFrom(x, static_cast<const float*>(y), count);
    case DType::f16: return dotFrom(x, static_cast<const Half*>(y), count);
    default: return dotFrom(x, static_cast<const BFloat*>(y), count);
  }
}

double distance2(const double* x, const void* y, DType dtype, std::size_t count) {
  switch (dtype) {
    case DType::f64: return distanceFrom(x, static_cast<const double*>(y), count);
    case DType::f32: return distanceFrom(x, static_cast<const float*>(y), count);
    case DType::f16: return distanceFrom(x, static_cast<const Half*>(y), count);
    default: return distanceFrom(x, static_cast<const BFloat*>(y), count);
  }
}
