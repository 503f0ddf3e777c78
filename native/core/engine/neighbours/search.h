// The search for nearest neighbours: candidates from the tiles, then exact values of the candidates.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "../aligned.h"
#include "../spec.h"
#include "../tile.h"
#include "candidates.h"
#include "ranking.h"

namespace gramian {

class NeighbourSearch {
 public:
  NeighbourSearch(const EngineSpec& spec, const std::vector<Source>& sources, const std::vector<Operator>& operators);

  const std::vector<Ranking>& rankings() const { return rankings_; }
  // Memory for the lists and the results, before all else.
  void allocate(EngineResult& result);
  // Once sources and operators are ready; does nothing when called again.
  void prepare();

  // One thread's scratch.
  struct Scratch {
    Aligned<double> rowKeys, colKeys;
    Aligned<std::uint32_t> hits;
  };
  // v[0…count) of row i of a tile.
  void offer(std::size_t ranking, const Tile& tile, std::size_t i, std::size_t count, const double* values,
             Scratch& scratch);

  // The second part, by units: every sample's list in exact values.
  std::size_t units() const { return rankings_.size() * strips(); }
  void finish(std::size_t unit, const Work& work, EngineResult& result) const;

 private:
  std::size_t strips() const;

  const EngineSpec& spec_;
  const std::vector<Source>& sources_;
  const std::vector<Operator>& operators_;
  std::vector<Ranking> rankings_;
  std::vector<std::size_t> rankingOf_;  // of each listed operator
  std::vector<std::unique_ptr<Candidates>> candidates_;
  std::once_flag prepared_;
};

}  // namespace gramian
