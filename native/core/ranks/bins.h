// Bins of about equal filling for the squared distances of one source.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace gramian {

// Doubles above 0 are in the order of their bits, whose upper part is a logarithm: coarse bins are 1/128 of an octave
// wide at most, over the octaves below the largest distance that can be. Each is then cut into as many equal parts as
// its share of the entries asks for. B bins move the ranks of N entries by about N/B, each in its own direction: ρ is
// off by a small multiple of 1/(B·√N), and shrinks by about 1/B².
class Bins {
  static constexpr std::size_t kOctaves = 128;

 public:
  Bins() = default;
  // No distance is larger than `most`, rounding apart.
  explicit Bins(double most) : top_(bitsOf(most)), bottom_(top_ > kSpan ? top_ - kSpan : 0) {}

  static constexpr std::size_t coarseBins = (kOctaves << 7) + 1;
  std::size_t coarse(double d2) const { return static_cast<std::size_t>(offset(d2) >> kShift); }

  // From the coarse filling.
  void refine(const std::vector<std::uint64_t>& filling, std::size_t bins);
  std::size_t size() const { return size_; }
  std::size_t fine(double d2) const {
    const std::uint64_t at = offset(d2);
    const Part& part = parts_[at >> kShift];
    return part.begin + static_cast<std::size_t>((at & ((std::uint64_t(1) << kShift) - 1)) * part.count >> kShift);
  }

 private:
  static constexpr unsigned kShift = 52 - 7;
  static constexpr std::uint64_t kSpan = std::uint64_t(kOctaves) << 52;
  struct Part {
    std::uint32_t begin, count;
  };
  static std::uint64_t bitsOf(double x) {
    std::uint64_t bits;
    std::memcpy(&bits, &x, sizeof bits);
    return x > 0 ? bits : 0;
  }
  std::uint64_t offset(double d2) const {
    const std::uint64_t bits = bitsOf(d2);
    return bits <= bottom_ ? 0 : (bits < top_ ? bits : top_) - bottom_;
  }

  std::uint64_t top_ = 0, bottom_ = 0;
  std::size_t size_ = 0;
  std::vector<Part> parts_;
};

// The average rank of each bin's entries, minus the mean of all ranks, divided by how many entries there are.
std::vector<double> centredRanks(const std::vector<std::uint64_t>& filling);

}  // namespace gramian
