// A kernel matrix in f64, centred or as it is, from the tiles that the engine produces.
#pragma once

#include <cstddef>

#include "../engine/aligned.h"
#include "../engine/spec.h"
#include "../lapack_eigen.h"

namespace gramian {

struct OperatorMatrix {
  Aligned<double> lower;  // n×n, the lower triangle
  double scale = 1;       // what brings it to true units
  double trace = 0;
  double noise = 0;  // how far rounding may have moved an entry
};

OperatorMatrix operatorMatrix(const SourceSpec& source, const OperatorSpec& map, std::size_t samples, bool centred,
                              const Work& work);

}  // namespace gramian
