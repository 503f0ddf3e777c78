// Loops over one row: facts, centring, distances, sums. Part of body.h.

// Reductions run in a fixed number of lanes, so that the compiler may vectorise them without being allowed to reorder
// sums.
constexpr std::size_t kLanes = 8;

inline double sumLanes(const double* lanes) {
  return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

double observe(const double* __restrict x, std::size_t count, const double* __restrict first, double* __restrict sum,
               double* __restrict varies) {
  double largest[kLanes] = {0}, probe[kLanes] = {0};
  std::size_t j = 0;
  for (; j + kLanes <= count; j += kLanes) {
    for (std::size_t k = 0; k < kLanes; ++k) {
      const double v = x[j + k];
      sum[j + k] += v;
      const double away = std::fabs(v - first[j + k]);
      varies[j + k] = varies[j + k] > away ? varies[j + k] : away;
      const double size = std::fabs(v);
      largest[k] = largest[k] > size ? largest[k] : size;
      probe[k] += v - v;  // NaN as soon as one value is not finite
    }
  }
  double most = 0, odd = 0;
  for (; j < count; ++j) {
    sum[j] += x[j];
    varies[j] = std::max(varies[j], std::fabs(x[j] - first[j]));
    most = std::max(most, std::fabs(x[j]));
    odd += x[j] - x[j];
  }
  for (std::size_t k = 0; k < kLanes; ++k) {
    most = std::max(most, largest[k]);
    odd += probe[k];
  }
  return odd == 0 ? most : std::numeric_limits<double>::quiet_NaN();
}

void centredNorms(const double* __restrict x, std::size_t count, double s, const double* __restrict mean, double* norm2,
                  double* dot) {
  double squares[kLanes] = {0}, products[kLanes] = {0};
  std::size_t j = 0;
  for (; j + kLanes <= count; j += kLanes) {
    for (std::size_t k = 0; k < kLanes; ++k) {
      const double v = x[j + k] * s - mean[j + k];
      squares[k] += v * v;
      products[k] += v * mean[j + k];
    }
  }
  double tailSquares = 0, tailProducts = 0;
  for (; j < count; ++j) {
    const double v = x[j] * s - mean[j];
    tailSquares += v * v;
    tailProducts += v * mean[j];
  }
  *norm2 = sumLanes(squares) + tailSquares;
  *dot = sumLanes(products) + tailProducts;
}

// Writes value(j) to out[j] in the tile's type and gathers the row's and the columns' sums in f64.
template <class Real, class Value>
inline double writeRow(std::size_t count, Real* __restrict out, double* __restrict colSum, Value value) {
  double lanes[kLanes] = {0};
  std::size_t j = 0;
  for (; j + kLanes <= count; j += kLanes) {
    for (std::size_t k = 0; k < kLanes; ++k) {
      const double v = value(j + k);
      out[j + k] = static_cast<Real>(v);
      colSum[j + k] += v;
      lanes[k] += v;
    }
  }
  double tail = 0;
  for (; j < count; ++j) {
    const double v = value(j);
    out[j] = static_cast<Real>(v);
    colSum[j] += v;
    tail += v;
  }
  return sumLanes(lanes) + tail;
}

template <class From, class Real = From>
double linearRow(const From* __restrict raw, std::size_t count, RowShift shift, Real* out, double* colSum) {
  const double* __restrict col = shift.col;
  return writeRow(count, out, colSum,
                  [=](std::size_t j) { return shift.alpha * static_cast<double>(raw[j]) - shift.row - col[j]; });
}

template <class Real>
double emitRow(const double* __restrict g, std::size_t count, Real* out, double* colSum) {
  return writeRow(count, out, colSum, [=](std::size_t j) { return g[j]; });
}

template <class Real>
void innerRow(const Real* __restrict raw, std::size_t count, RowShift shift, double* __restrict g) {
  const double* __restrict col = shift.col;
  for (std::size_t j = 0; j < count; ++j) g[j] = shift.alpha * static_cast<double>(raw[j]) - shift.row - col[j];
}

bool distanceRow(double* __restrict g, std::size_t count, double rowNorm2, const double* __restrict colNorm2,
                 double near) {
  double closest = 1;
  for (std::size_t j = 0; j < count; ++j) {
    const double both = rowNorm2 + colNorm2[j];
    const double d2 = both - 2 * g[j];
    g[j] = d2 > 0 ? d2 : 0;
    const double margin = d2 - near * both;
    closest = closest < margin ? closest : margin;
  }
  return closest <= 0;
}

void cosineRow(const double* __restrict g, std::size_t count, const CosineRow& row, double* __restrict out) {
  const double* __restrict weight = row.colWeight;
  const double* __restrict excess = row.colExcess;
  const double* __restrict dotMean = row.colDotMean;
  const double w = row.weight, e = row.excess, alone = row.weight * row.dotMean + row.excess * row.meanNorm2;
  const double* __restrict lift = row.colLift;
  if (lift) {
    const double own = row.lift;
    for (std::size_t j = 0; j < count; ++j) {
      out[j] = weight[j] * (w * (g[j] - own * lift[j]) + e * dotMean[j]) + excess[j] * alone;
    }
  } else {
    for (std::size_t j = 0; j < count; ++j) out[j] = weight[j] * (w * g[j] + e * dotMean[j]) + excess[j] * alone;
  }
}

void polynomialRow(double* __restrict g, std::size_t count, const PolynomialRow& row, double* __restrict scratch) {
  // With s = α_i + α_j, f(x) = (β + x)^p and g the scaled centred inner product, T = [f(s + g) − f(s)] + [f(s) − f(α_i)
  // − f(α_j) + f(0)]. Neither bracket is computed as a difference of large numbers.
  const unsigned p = row.degree;
  double* __restrict sum = scratch;                   // Σ_k u^k v^(m−1−k), u = β + s + g, v = β + s
  double* __restrict power = scratch + count;         // v^m
  double* __restrict mixed = scratch + 2 * count;     // Q_k = (x + y)^k − x^k − y^k
  double* __restrict colPower = scratch + 3 * count;  // y^(k−1)
  const double x = row.rowOffset;
  for (std::size_t j = 0; j < count; ++j) {
    g[j] *= row.gamma;
    sum[j] = 1;
    power[j] = 1;
  }
  for (unsigned m = 1; m < p; ++m) {
    for (std::size_t j = 0; j < count; ++j) {
      const double v = row.base + x + row.colOffset[j];
      power[j] *= v;
      sum[j] = (v + g[j]) * sum[j] + power[j];
    }
  }
  for (std::size_t j = 0; j < count; ++j) {
    sum[j] *= g[j];
    mixed[j] = 0;
    colPower[j] = 1;
  }
  // Q_1 = 0, Q_{k+1} = (x + y)·Q_k + x·y·(x^(k−1) + y^(k−1)); the terms are C(p, k)·β^(p−k)·Q_k.
  double rowPower = 1, binomial = p;
  for (unsigned k = 1; k < p; ++k) {
    binomial = binomial * (p - k) / (k + 1);
    double basePower = 1;
    for (unsigned m = 0; m < p - k - 1; ++m) basePower *= row.base;
    const double weight = binomial * basePower;
    for (std::size_t j = 0; j < count; ++j) {
      const double y = row.colOffset[j];
      mixed[j] = (x + y) * mixed[j] + x * y * (rowPower + colPower[j]);
      sum[j] += weight * mixed[j];
      colPower[j] *= y;
    }
    rowPower *= x;
  }
  for (std::size_t j = 0; j < count; ++j) g[j] = sum[j] * row.scale;
}
