// Loops over the top-k lists of kListLanes samples at once, a sample a lane: k ≤ 32, so that a list's positions are the
// bits of a lane. Part of body.h.

using Ids = Vector<std::uint32_t>::type;
constexpr std::size_t kIdVectors = kListLanes / Vector<std::uint32_t>::lanes;

inline const Ids* ids(const std::uint32_t* x) { return reinterpret_cast<const Ids*>(x); }
inline Ids* ids(std::uint32_t* x) { return reinterpret_cast<Ids*>(x); }
inline Ids everywhere(std::uint32_t x) { return Ids{} + x; }

void listShared(const std::uint32_t* a, const std::uint32_t* b, std::size_t k, std::uint32_t* shared) {
  for (std::size_t v = 0; v < kIdVectors; ++v) {
    Ids count = {};
    for (std::size_t q = 0; q < k; ++q) {
      const Ids y = ids(b + q * kListLanes)[v];
      // A comparison gives −1 in the lanes where it holds.
      for (std::size_t p = 0; p < k; ++p) count -= (Ids)(ids(a + p * kListLanes)[v] == y);
    }
    ids(shared)[v] = count;
  }
}

void listMatches(const std::uint32_t* a, const std::uint32_t* b, std::size_t k, std::uint32_t* matches) {
  for (std::size_t v = 0; v < kIdVectors; ++v) {
    for (std::size_t q = 0; q < k; ++q) {
      const Ids y = ids(b + q * kListLanes)[v];
      Ids found = {};
      for (std::size_t p = 0; p < k; ++p) {
        found |= (Ids)(ids(a + p * kListLanes)[v] == y) & everywhere(std::uint32_t(1) << p);
      }
      ids(matches + q * kListLanes)[v] = found;
    }
  }
}

// Hyyrö 2004: after each element of b, the zeros of `rises` are the positions of a at which the longest common
// subsequence grows.
void listCommon(const std::uint32_t* matches, std::size_t k, std::uint32_t* length) {
  for (std::size_t v = 0; v < kIdVectors; ++v) {
    Ids rises = everywhere(0xffffffffu);
    for (std::size_t q = 0; q < k; ++q) {
      const Ids met = rises & ids(matches + q * kListLanes)[v];
      rises = (rises + met) | (rises - met);
    }
    Ids bits = ~rises & everywhere(k < 32 ? (std::uint32_t(1) << k) - 1 : 0xffffffffu);
    bits -= (bits >> 1) & 0x55555555u;
    bits = (bits & 0x33333333u) + ((bits >> 2) & 0x33333333u);
    bits = (bits + (bits >> 4)) & 0x0f0f0f0fu;
    ids(length)[v] = (bits * 0x01010101u) >> 24;
  }
}

// Myers 1999: the columns of the table of edit distances, as bits that say where it goes up or down by one.
void listEdit(const std::uint32_t* matches, std::size_t k, std::uint32_t* distance) {
  for (std::size_t v = 0; v < kIdVectors; ++v) {
    Ids up = everywhere(0xffffffffu), down = {}, score = everywhere(static_cast<std::uint32_t>(k));
    for (std::size_t q = 0; q < k; ++q) {
      const Ids equal = ids(matches + q * kListLanes)[v];
      const Ids vertical = equal | down;
      const Ids horizontal = (((equal & up) + up) ^ up) | equal;
      Ids rises = down | ~(horizontal | up);
      Ids falls = up & horizontal;
      score += ((rises >> (k - 1)) & 1u) - ((falls >> (k - 1)) & 1u);
      rises = (rises << 1) | 1u;
      falls <<= 1;
      up = falls | ~(vertical | rises);
      down = rises & vertical;
    }
    ids(distance)[v] = score;
  }
}
