// Rows divided by their norms, each minus its own mean before where the source says so.
#pragma once

#include "source.h"

namespace gramian {

// Fills rowMean, rowNorm, mean, norm2, dotMean and meanNorm2, which the facts know of the rows themselves only.
void findUnitRows(Source& source, const Work& work);

}  // namespace gramian
