// The features of a linear kernel made ready to be factorised: centred in f64, scaled, without columns of zeros.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "../engine/aligned.h"
#include "../engine/spec.h"
#include "../lapack_eigen.h"

namespace gramian {

struct Features {
  std::size_t samples = 0;
  std::size_t given = 0;               // columns that there were
  std::vector<std::uint32_t> columns;  // those that are kept, in their order
  std::vector<double> norm2;           // of each kept column
  Aligned<double> x;  // samples×columns.size(), row-major: true values times 2^exponent, at most about 1
  int exponent = 0;
  double trace = 0;  // Σ x²

  std::size_t kept() const { return columns.size(); }
};

// `work` is asked whether to go on. `memory`, of whatever size, becomes the array `x`: pages that the process has need
// no clearing by the system.
Features readFeatures(const SourceSpec& spec, std::size_t samples, bool centred, const Work& work,
                      Aligned<double> memory = {});

}  // namespace gramian
