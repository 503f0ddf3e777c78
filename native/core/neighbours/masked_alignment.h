// CKA of two kernels that are cut down to a sparse mask: sums over the mask's entries only, O(n·k) a pair.
#pragma once

#include <cstddef>
#include <vector>

namespace gramian {

// What HSIC is made of, for A = mask∘K and B = mask∘L with empty diagonals.
struct MaskedSums {
  double product = 0;             // Σ_ij A_ij·B_ji
  double rows = 0;                // Σ_k (1ᵀA)_k·(B1)_k
  double totalA = 0, totalB = 0;  // 1ᵀA1, 1ᵀB1
};

// An HSIC up to a factor, and how large the terms were that it is the sum of.
struct Hsic {
  double value, terms;
};
Hsic biasedHsic(const MaskedSums& sums, std::size_t n);    // ⟨HAH, HBH⟩
Hsic debiasedHsic(const MaskedSums& sums, std::size_t n);  // n(n−3)·HSIC_u of Song et al. 2012; NaN for n < 4

// cross / √(a·b); NaN where a self term is not above what rounding leaves of 0.
double alignment(Hsic cross, Hsic a, Hsic b, std::size_t n);
// platonic-rep's: debiased HSIC with its factor, and 1e-6 added to the denominator.
double platonicAlignment(const MaskedSums& cross, const MaskedSums& a, const MaskedSums& b, std::size_t n);

// Gathers the sums of one mask, edge by edge.
class MaskGatherer {
 public:
  // `symmetric`: an edge (i, j) stands for both entries; else for (i, j) alone.
  MaskGatherer(std::size_t samples, bool symmetric) : symmetric_(symmetric), a_(samples), b_(samples) {}

  void clear();
  // Edge i → j of values K_ij and L_ij. `both`: j → i is an edge too, and will be added for itself.
  void add(std::size_t i, std::size_t j, double k, double l, bool both) {
    b_[i] += l;
    if (symmetric_) {
      a_[i] += k;
      product_ += both ? k * l : 2 * k * l;
      if (both) return;
      a_[j] += k;
      b_[j] += l;
    } else {
      a_[j] += k;
      if (both) product_ += k * l;
    }
  }
  MaskedSums sums() const;

 private:
  bool symmetric_;
  double product_ = 0;
  std::vector<double> a_, b_;
};

}  // namespace gramian
