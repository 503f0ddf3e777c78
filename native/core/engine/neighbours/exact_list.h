// The nearest neighbours of one sample in exact values: of the candidates if they prove to hold them, else of all
// samples.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "candidates.h"
#include "ranking.h"

namespace gramian {

struct Ranked {
  double value;  // V of ranking.h
  std::uint32_t index;
};

class ExactList {
 public:
  // `op` and `spec` are the ranking's operator.
  ExactList(const Ranking& ranking, const Source& source, const Operator& op, const OperatorSpec& spec,
            const Work& work);

  // At least the `count` best j ≠ i, best first. `candidates` may be null. Valid until the next call.
  const std::vector<Ranked>& find(std::size_t i, std::size_t count, const Candidates* candidates);

 private:
  void beginRow(std::size_t i);
  double value(std::size_t j);

  const Ranking& ranking_;
  const Source& source_;
  const Operator& op_;
  const OperatorSpec& spec_;
  const Work& work_;
  std::vector<double> x_, y_;
  double length_ = 0;  // cosine: of the row
  std::vector<Ranked> best_;
};

}  // namespace gramian
