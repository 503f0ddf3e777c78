#include "distinct_rows.h"

#include <cstring>
#include <unordered_map>

#include "../error.h"

namespace gramian {

namespace {

std::uint64_t hashOf(const std::vector<double>& row) {
  std::uint64_t hash = 0x9e3779b97f4a7c15u;
  for (double x : row) {
    std::uint64_t bits;
    std::memcpy(&bits, &x, sizeof bits);
    hash = (hash ^ bits) * 0xff51afd7ed558ccdu;
    hash ^= hash >> 32;
  }
  return hash;
}

}  // namespace

DistinctRows findDistinctRows(const Source& source, const Work& work) {
  DistinctRows found;
  std::unordered_multimap<std::uint64_t, std::uint32_t> kinds;
  std::vector<double> row(source.features), other(source.features);
  found.kind.resize(source.samples);
  for (std::size_t i = 0; i < source.samples; ++i) {
    if (work.cancelled()) throw Cancelled();
    source.read(i, row.data());
    for (double& x : row) x += 0.0;  // −0 is 0
    const std::uint64_t hash = hashOf(row);
    std::size_t kind = found.rows.size();
    const auto [begin, end] = kinds.equal_range(hash);
    for (auto candidate = begin; candidate != end; ++candidate) {
      source.read(found.rows[candidate->second], other.data());
      if (row == other) kind = candidate->second;
    }
    if (kind == found.rows.size()) {
      kinds.emplace(hash, static_cast<std::uint32_t>(kind));
      found.rows.push_back(static_cast<std::uint32_t>(i));
      found.count.push_back(0);
    }
    found.kind[i] = static_cast<std::uint32_t>(kind);
    ++found.count[kind];
  }
  return found;
}

}  // namespace gramian
