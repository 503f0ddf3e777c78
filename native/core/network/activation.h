// Activations of one number and their derivatives, written so that no finite argument overflows on the way and no tail
// is lost to cancellation. NaN stays NaN, for what overflowed before must be seen in the end.
#pragma once

#include <cmath>

namespace gramian {

inline double logistic(double x) {
  // The exponential of a positive number is never taken.
  const double e = std::exp(-std::fabs(x));
  return x < 0 ? e / (1 + e) : 1 / (1 + e);
}

constexpr double kSqrtHalf = 0.70710678118654752440;
constexpr double kSqrtTwoOverPi = 0.79788456080286535588;
constexpr double kInverseSqrtTwoPi = 0.39894228040143267794;
// Hendrycks and Gimpel 2016.
constexpr double kGeluCubic = 0.044715;

// Φ(x) through erfc, which is exact to rounding where 1 + erf would cancel.
inline double normalCdf(double x) { return 0.5 * std::erfc(-x * kSqrtHalf); }

struct Relu {
  static double value(double x, double) { return x < 0 ? 0 : x; }
  static double derivative(double x, double, double) { return x > 0 ? 1 : 0; }
};

struct LeakyRelu {
  static double value(double x, double slope) { return x < 0 ? slope * x : x; }
  static double derivative(double x, double, double slope) { return x > 0 ? 1 : slope; }
};

struct Tanh {
  static double value(double x, double) { return std::tanh(x); }
  static double derivative(double, double y, double) { return (1 - y) * (1 + y); }
};

struct Sigmoid {
  static double value(double x, double) { return logistic(x); }
  static double derivative(double x, double y, double) { return y * logistic(-x); }
};

// x·Φ(x).
struct Gelu {
  static double value(double x, double) { return x * normalCdf(x); }
  static double derivative(double x, double, double) {
    return normalCdf(x) + x * kInverseSqrtTwoPi * std::exp(-0.5 * x * x);
  }
};

// x·½(1 + tanh u), u = √(2/π)(x + 0.044715x³), as x·logistic(2u).
struct GeluTanh {
  static double argument(double x) { return 2 * kSqrtTwoOverPi * (x + kGeluCubic * x * x * x); }
  static double value(double x, double) { return x * logistic(argument(x)); }
  static double derivative(double x, double, double) {
    // Beyond, the slope is 0 or 1 to 70 digits, and ∞·0 would come of large x.
    if (std::fabs(x) > 16) return x > 0 ? 1 : 0;
    const double p = logistic(argument(x)), q = logistic(-argument(x));
    return p + x * p * q * 2 * kSqrtTwoOverPi * (1 + 3 * kGeluCubic * x * x);
  }
};

// x·logistic(x).
struct Silu {
  static double value(double x, double) { return x * logistic(x); }
  static double derivative(double x, double, double) {
    const double p = logistic(x);
    return p + x * p * logistic(-x);
  }
};

}  // namespace gramian
