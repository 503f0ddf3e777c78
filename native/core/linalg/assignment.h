// The linear assignment problem.
#pragma once

#include <cstddef>
#include <vector>

#include "../lapack_eigen.h"

namespace gramian {

// For costs m×n (row-major, finite) with m ≤ n: the column of each row, all different, with the least sum of costs.
// Shortest augmenting paths (Jonker and Volgenant 1987; rectangular as Crouse 2016), O(m²n). Exact; of equally good
// assignments always the same one.
std::vector<std::size_t> assign(std::size_t m, std::size_t n, const double* costs, const KeepGoing& keepGoing);

}  // namespace gramian
