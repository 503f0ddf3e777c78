// The inner loops that are worth compiling more than once: one table of functions for each instruction set, chosen at
// run time.
#pragma once

#include <cstddef>
#include <cstdint>

#include "../matrix.h"

namespace gramian {

// How one row of a tile turns inner products into centred ones: g[j] = alpha·raw[j] − rowShift − colShift[j].
struct RowShift {
  double alpha;
  double row;
  const double* col;
};

struct PolynomialRow {
  unsigned degree;
  double base;       // β = γ‖μ‖² + offset
  double gamma;      // of the *scaled* inner product
  double rowOffset;  // α_i = γ·a_i
  const double* colOffset;
  double scale;  // brings T near 1
};

// Samples in a block of top-k lists, which lies as [position][sample], 64-byte aligned.
constexpr std::size_t kListLanes = 16;
// ⟨w_i·y_i + e_i·μ, w_j·y_j + e_j·μ⟩ from g = ⟨y_i, y_j⟩ + lift_i·lift_j: weights w, excesses e, products a = ⟨y, μ⟩
// with the mean. Without lifts `colLift` is null.
struct CosineRow {
  double weight, excess, dotMean, meanNorm2, lift;
  const double* colWeight;
  const double* colExcess;
  const double* colDotMean;
  const double* colLift;
};

constexpr std::size_t permutedStep = 8;

// Upper bounds of what entries of a tile may be worth to either of their samples (see engine/neighbours/ranking.h): to
// the row's, value + slack_i·slack_j + offset_j; to the column's, the same with offset_i.
struct KeyRow {
  double slack, offset;
  double worst;  // the row's: keys below it are of no interest
  const double* colSlack;
  const double* colOffset;
  const double* colWorst;
};

// Bounds of ‖x_i − x_j‖²: low_i + low_j − 2·raw − slack_i·slack_j and high_i + high_j − 2·raw + slack_i·slack_j.
struct BoundRow {
  double low, high, slack;
  double from, to;  // of interest is what may lie between
  const double* colLow;
  const double* colHigh;
  const double* colSlack;
};

// Everything takes plain pointers and writes only what it says. Bits may differ between instruction sets, never between
// calls.
struct Loops {
  const char* name;

  // out[j] = x[j] as f64
  void (*widen)(const void* x, DType dtype, std::size_t count, double* out);

  // out[j] = (x[j] − mean[j])·scale
  void (*packF32)(const void* x, DType dtype, std::size_t count, const double* mean, double scale, float* out);
  void (*packF64)(const void* x, DType dtype, std::size_t count, const double* mean, double scale, double* out);

  // First pass of facts over one row in f64: sum[j] += x[j], varies[j] = max(varies[j], |x[j] − first[j]|).
  // Returns the largest |x[j]|, or NaN when the row holds a value that is not finite.
  double (*observe)(const double* x, std::size_t count, const double* first, double* sum, double* varies);
  // Second pass: *norm2 = Σ(x·s − mean)², *dot = Σ(x·s − mean)·mean
  void (*centredNorms)(const double* x, std::size_t count, double s, const double* mean, double* norm2, double* dot);

  // Entrywise maps of one row of a tile. `colSum[j]` and the return value gather the sums of the row that was written.
  double (*linearRowF32)(const float* raw, std::size_t count, RowShift shift, float* out, double* colSum);
  double (*linearRowF64)(const double* raw, std::size_t count, RowShift shift, double* out, double* colSum);
  // The same of numbers that are f64 already, into a tile that is not.
  double (*shiftRowF32)(const double* values, std::size_t count, RowShift shift, float* out, double* colSum);
  // g[j] in f64, for the maps that follow
  void (*innerRowF32)(const float* raw, std::size_t count, RowShift shift, double* g);
  void (*innerRowF64)(const double* raw, std::size_t count, RowShift shift, double* g);
  // g becomes the squared distance rowNorm2 + colNorm2[j] − 2g[j]; true when any falls below `near`·(rowNorm2 +
  // colNorm2[j])
  bool (*distanceRow)(double* g, std::size_t count, double rowNorm2, const double* colNorm2, double near);
  // out[j] = √x[j]
  void (*rootRow)(const double* x, std::size_t count, double* out);
  // out[j] = scale·expm1(centre − u[j]·rate)
  void (*exponentialRow)(const double* u, std::size_t count, double rate, double centre, double scale, double* out);
  void (*cosineRow)(const double* g, std::size_t count, const CosineRow& row, double* out);
  // `scratch` holds 4·count doubles
  void (*polynomialRow)(double* g, std::size_t count, const PolynomialRow& row, double* scratch);
  // out[j] = g[j] in the tile's type, with the sums
  double (*emitRowF32)(const double* g, std::size_t count, float* out, double* colSum);
  double (*emitRowF64)(const double* g, std::size_t count, double* out, double* colSum);

  // Both keys of each entry, and which entries are of interest to the row's or its column's sample: how many `hits`.
  std::size_t (*keyRow)(const double* values, std::size_t count, const KeyRow& row, double* rowKeys, double* colKeys,
                        std::uint32_t* hits);
  // A key that at least `kept` of the row's entries reach, found without sorting them; −∞ for a short row.
  double (*keyFloor)(const double* values, std::size_t count, const KeyRow& row, std::size_t kept);
  // Σ x·y and Σ (x − y)², of equal rows the same bits.
  double (*dot)(const double* x, const void* y, DType dtype, std::size_t count);
  double (*distance2)(const double* x, const void* y, DType dtype, std::size_t count);

  // Both bounds of each entry, how many are surely below `from` (added to *below), and which are of interest.
  std::size_t (*boundRow)(const float* raw, std::size_t count, const BoundRow& row, double* low, double* high,
                          std::uint32_t* hits, std::size_t* below);

  // Gram of L rows of `count` numbers, `stride` apart: gram[a·ld + b] += Σ_p T_a[p]·T_b[p] for a ≤ b.
  // `scratch` holds stackScratch(L) bytes, 64-byte aligned.
  void (*stackF32)(const float* rows, std::size_t L, std::size_t stride, std::size_t count, double* gram,
                   std::size_t ld, void* scratch);
  void (*stackF32Flush)(const float* rows, std::size_t L, std::size_t stride, std::size_t count, double* gram,
                        std::size_t ld, void* scratch);
  void (*stackF64)(const double* rows, std::size_t L, std::size_t stride, std::size_t count, double* gram,
                   std::size_t ld, void* scratch);
  std::size_t (*stackScratch)(std::size_t L);

  // Top-k lists a and b of one block of samples, k ≤ 32; no list names anybody twice. One number a sample, or k:
  // how many both name
  void (*listShared)(const std::uint32_t* a, const std::uint32_t* b, std::size_t k, std::uint32_t* shared);
  // matches[q·kListLanes + sample] has bit p set where a's p-th is b's q-th
  void (*listMatches)(const std::uint32_t* a, const std::uint32_t* b, std::size_t k, std::uint32_t* matches);
  // from those: the length of the longest common subsequence, and the edit distance
  void (*listCommon)(const std::uint32_t* matches, std::size_t k, std::uint32_t* length);
  void (*listEdit)(const std::uint32_t* matches, std::size_t k, std::uint32_t* distance);
  // Outer products of gathered points, for permutations: sums[b·ld + lane] += Σ_p left[p·stride + lane] ·
  // right[at[p]·stride + b] for one vector of lanes (permutedBytes wide) and b < `columns`, a multiple of permutedStep
  // up to permutedMost. Sums are Real-typed, so `count` should stay in the hundreds.
  void (*permutedF32)(const float* left, const float* right, const std::uint32_t* at, std::size_t count,
                      std::size_t stride, std::size_t columns, double* sums, std::size_t ld);
  void (*permutedF64)(const double* left, const double* right, const std::uint32_t* at, std::size_t count,
                      std::size_t stride, std::size_t columns, double* sums, std::size_t ld);
  std::size_t permutedBytes, permutedMost;
};

const Loops& baselineLoops();
const Loops& avx2Loops();    // call only where the processor has AVX2, FMA and F16C
const Loops& avx512Loops();  // … AVX-512 F, DQ, BW, VL

// The best table for this processor; GRAMIAN_ISA=baseline|avx2|avx512 lowers (never raises) the choice, for tests.
const Loops& loops();

}  // namespace gramian
