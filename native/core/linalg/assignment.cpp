#include "assignment.h"

#include <algorithm>
#include <limits>

namespace gramian {

namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

class Assignment {
 public:
  Assignment(std::size_t m, std::size_t n, const double* costs, const KeepGoing& keepGoing)
      : m_(m),
        n_(n),
        costs_(costs),
        keepGoing_(keepGoing),
        rowPrice_(m, 0.0),
        colPrice_(n, 0.0),
        colOfRow_(m, kNone),
        rowOfCol_(n, kNone),
        distance_(n),
        cameFrom_(n),
        open_(n) {}

  std::vector<std::size_t> solve() {
    for (std::size_t row = 0; row < m_; ++row) augment(row);
    return colOfRow_;
  }

 private:
  // Grows the tree of shortest alternating paths from `start` until it meets a free column, then swaps along the path.
  void augment(std::size_t start) {
    std::fill(distance_.begin(), distance_.end(), std::numeric_limits<double>::infinity());
    for (std::size_t j = 0; j < n_; ++j) open_[j] = j;
    std::size_t left = n_, row = start, end = kNone;
    double reached = 0;
    scanned_.clear();
    visited_.clear();
    while (end == kNone) {
      tick(left);
      visited_.push_back(row);
      const double* costs = costs_ + row * n_;
      const double base = reached - rowPrice_[row];
      double least = std::numeric_limits<double>::infinity();
      std::size_t at = 0;
      for (std::size_t k = 0; k < left; ++k) {
        const std::size_t j = open_[k];
        const double through = base + costs[j] - colPrice_[j];
        if (through < distance_[j]) {
          distance_[j] = through;
          cameFrom_[j] = row;
        }
        if (better(j, distance_[j], open_[at], least)) {
          least = distance_[j];
          at = k;
        }
      }
      reached = least;
      const std::size_t col = open_[at];
      open_[at] = open_[--left];
      if (rowOfCol_[col] == kNone) {
        end = col;
      } else {
        scanned_.push_back(col);
        row = rowOfCol_[col];
      }
    }
    updatePrices(start, reached);
    swapAlong(start, end);
  }

  // Of equally near columns a free one, which ends the search, then the lower index, whatever order they are kept in.
  bool better(std::size_t j, double distance, std::size_t than, double least) const {
    if (distance != least) return distance < least;
    const bool free = rowOfCol_[j] == kNone, thanFree = rowOfCol_[than] == kNone;
    return free == thanFree ? j < than : free;
  }

  void updatePrices(std::size_t start, double reached) {
    rowPrice_[start] += reached;
    for (std::size_t row : visited_) {
      if (row != start) rowPrice_[row] += reached - distance_[colOfRow_[row]];
    }
    for (std::size_t col : scanned_) colPrice_[col] -= reached - distance_[col];
  }

  void swapAlong(std::size_t start, std::size_t end) {
    for (std::size_t col = end;;) {
      const std::size_t row = cameFrom_[col];
      rowOfCol_[col] = row;
      std::swap(colOfRow_[row], col);
      if (row == start) return;
    }
  }

  void tick(std::size_t steps) {
    constexpr std::size_t kSteps = 1u << 21;
    steps_ += steps;
    if (steps_ < kSteps) return;
    steps_ = 0;
    if (keepGoing_) keepGoing_();
  }

  const std::size_t m_, n_;
  const double* costs_;
  const KeepGoing& keepGoing_;
  std::vector<double> rowPrice_, colPrice_;
  std::vector<std::size_t> colOfRow_, rowOfCol_;
  std::vector<double> distance_;
  std::vector<std::size_t> cameFrom_, open_, scanned_, visited_;
  std::size_t steps_ = 0;
};

}  // namespace

std::vector<std::size_t> assign(std::size_t m, std::size_t n, const double* costs, const KeepGoing& keepGoing) {
  return Assignment(m, n, costs, keepGoing).solve();
}

}  // namespace gramian
