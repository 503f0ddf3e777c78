// Loops of the search for nearest neighbours: keys of one row of a tile, and exact products of two rows. Part of
// body.h.

inline typename Vector<double>::type loadVector(const double* from) {
  typename Vector<double>::type v;
  __builtin_memcpy(&v, from, sizeof v);
  return v;
}

std::size_t keyRow(const double* __restrict values, std::size_t count, const KeyRow& row, double* __restrict rowKeys,
                   double* __restrict colKeys, std::uint32_t* __restrict hits) {
  using V = typename Vector<double>::type;
  constexpr std::size_t lanes = Vector<double>::lanes, chunk = 16;
  std::size_t found = 0, j = 0;
  const auto test = [&](std::size_t k) {
    if (rowKeys[k] >= row.worst || colKeys[k] >= row.colWorst[k]) hits[found++] = static_cast<std::uint32_t>(k);
  };
  for (; j + chunk <= count; j += chunk) {
    auto any = V{} != V{};
    for (std::size_t k = j; k < j + chunk; k += lanes) {
      const V upper = loadVector(values + k) + row.slack * loadVector(row.colSlack + k);
      const V rowKey = upper + loadVector(row.colOffset + k), colKey = upper + row.offset;
      __builtin_memcpy(rowKeys + k, &rowKey, sizeof rowKey);
      __builtin_memcpy(colKeys + k, &colKey, sizeof colKey);
      any |= (rowKey >= row.worst) | (colKey >= loadVector(row.colWorst + k));
    }
    long long some = 0;
    for (std::size_t k = 0; k < lanes; ++k) some |= any[k];
    if (some == 0) continue;
    for (std::size_t k = j; k < j + chunk; ++k) test(k);
  }
  for (; j < count; ++j) {
    const double upper = values[j] + row.slack * row.colSlack[j];
    rowKeys[j] = upper + row.colOffset[j];
    colKeys[j] = upper + row.offset;
    test(j);
  }
  return found;
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
