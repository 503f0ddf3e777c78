// What the stitching jobs are given of both sides: layers with their means, and arrays for the results of all pairs.
#pragma once

#include <cstddef>
#include <vector>

#include "../boundary/pins.h"
#include "../boundary/read.h"
#include "../core/stitching/column_block.h"

namespace gramian {

constexpr std::size_t kMostRows = std::size_t(1) << 31;

// { matrix, mean: Float64Array of one a column }
CentredMatrix readSide(const Fields& fields, Pins& pins);

// A list of at least one, each with `samples` rows.
std::vector<CentredMatrix> readSides(const Fields& fields, const char* key, std::size_t samples, Pins& pins);

// `weights`: one Float64Array a pair, source by source, of outputs×inputs.
std::vector<double*> readWeights(const Fields& fields, const std::vector<std::size_t>& inputs,
                                 const std::vector<CentredMatrix>& targets, Pins& pins);

// `biases`: one Float64Array a pair, source by source, of one an output.
std::vector<double*> readBiases(const Fields& fields, std::size_t sources, const std::vector<CentredMatrix>& targets,
                                Pins& pins);

}  // namespace gramian
