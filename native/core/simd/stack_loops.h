// The stack kernel: all inner products of L long rows. Part of body.h.
//
// A chunk of every row is laid out as [group of R rows][vector][row in group][lane]; then each pair of groups takes R×R
// dot products at once in registers. Lanes are Lane-typed over one chunk only and flushed to f64 after it, so f32 lanes
// never sum more than kFloatChunk/lanes terms.

constexpr std::size_t kStackRows = GRAMIAN_STACK_ROWS;
constexpr std::size_t kDoubleChunk = 512, kFloatChunk = 1024;

inline std::size_t stackGroups(std::size_t L) { return (L + kStackRows - 1) / kStackRows; }

std::size_t stackScratch(std::size_t L) { return stackGroups(L) * kStackRows * kDoubleChunk * sizeof(double); }

template <class Lane>
__attribute__((noinline)) void groupProducts(const Lane* left, const Lane* right, std::size_t vectors, double* out) {
  using V = typename Vector<Lane>::type;
  constexpr std::size_t lanes = Vector<Lane>::lanes;
  const V* a = reinterpret_cast<const V*>(left);
  const V* b = reinterpret_cast<const V*>(right);
  V sums[kStackRows][kStackRows] = {};
  for (std::size_t p = 0; p < vectors; ++p) {
    V y[kStackRows];
#pragma GCC unroll 8
    for (std::size_t j = 0; j < kStackRows; ++j) y[j] = b[j];
#pragma GCC unroll 8
    for (std::size_t i = 0; i < kStackRows; ++i) {
      const V x = a[i];
#pragma GCC unroll 8
      for (std::size_t j = 0; j < kStackRows; ++j) sums[i][j] += x * y[j];
    }
    a += kStackRows;
    b += kStackRows;
  }
  for (std::size_t i = 0; i < kStackRows; ++i) {
    for (std::size_t j = 0; j < kStackRows; ++j) {
      double total = 0;
      for (std::size_t k = 0; k < lanes; ++k) total += static_cast<double>(sums[i][j][k]);
      out[i * kStackRows + j] = total;
    }
  }
}

// One chunk of `length` numbers of every row into the layout above, rows and lanes that do not exist as zeros.
template <class Tile, class Lane>
void layOut(const Tile* rows, std::size_t L, std::size_t stride, std::size_t length, std::size_t vectors, Lane* out) {
  constexpr std::size_t lanes = Vector<Lane>::lanes;
  const std::size_t groups = stackGroups(L);
  for (std::size_t group = 0; group < groups; ++group) {
    Lane* base = out + group * kStackRows * vectors * lanes;
    for (std::size_t i = 0; i < kStackRows; ++i) {
      const std::size_t row = group * kStackRows + i;
      const Tile* __restrict from = rows + row * stride;
      const std::size_t whole = row < L ? length / lanes : 0;
      for (std::size_t p = 0; p < whole; ++p) {
        Lane* __restrict to = base + (p * kStackRows + i) * lanes;
        for (std::size_t k = 0; k < lanes; ++k) to[k] = static_cast<Lane>(from[p * lanes + k]);
      }
      for (std::size_t p = whole; p < vectors; ++p) {
        Lane* to = base + (p * kStackRows + i) * lanes;
        for (std::size_t k = 0; k < lanes; ++k) {
          const bool there = row < L && p * lanes + k < length;
          to[k] = there ? static_cast<Lane>(from[p * lanes + k]) : Lane(0);
        }
      }
    }
  }
}

template <class Tile, class Lane>
void stack(const Tile* rows, std::size_t L, std::size_t stride, std::size_t count, double* gram, std::size_t ld,
           void* scratch) {
  constexpr std::size_t lanes = Vector<Lane>::lanes;
  // A chunk of all rows should stay in the second-level cache while the pairs of groups pass over it.
  std::size_t chunk = sizeof(Lane) == 8 ? kDoubleChunk : kFloatChunk;
  while (chunk > 128 && chunk * L * sizeof(Lane) > (std::size_t(512) << 10)) chunk /= 2;
  Lane* layout = static_cast<Lane*>(scratch);
  const std::size_t groups = stackGroups(L);
  double products[kStackRows * kStackRows];
  for (std::size_t begin = 0; begin < count; begin += chunk) {
    const std::size_t length = std::min(chunk, count - begin);
    const std::size_t vectors = (length + lanes - 1) / lanes;
    const std::size_t groupSize = kStackRows * vectors * lanes;
    layOut(rows + begin, L, stride, length, vectors, layout);
    for (std::size_t ga = 0; ga < groups; ++ga) {
      for (std::size_t gb = ga; gb < groups; ++gb) {
        groupProducts(layout + ga * groupSize, layout + gb * groupSize, vectors, products);
        const std::size_t rowsA = std::min(kStackRows, L - ga * kStackRows);
        const std::size_t rowsB = std::min(kStackRows, L - gb * kStackRows);
        for (std::size_t i = 0; i < rowsA; ++i) {
          double* to = gram + (ga * kStackRows + i) * ld + gb * kStackRows;
          for (std::size_t j = ga == gb ? i : 0; j < rowsB; ++j) to[j] += products[i * kStackRows + j];
        }
      }
    }
  }
}
