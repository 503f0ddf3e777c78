#include "search.h"

#include <algorithm>
#include <cmath>

#include "../../error.h"
#include "../../simd/loops.h"
#include "exact_list.h"

namespace gramian {

namespace {

// Candidates beyond those asked for, so that the exact values of the last ones asked for lie clear of all that was
// dropped: more of them where sums are longer and their bounds wider.
std::size_t spare(std::size_t features) { return std::min<std::size_t>(8, 2 + features / 1024); }
constexpr std::size_t kStrip = 64;

}  // namespace

NeighbourSearch::NeighbourSearch(const EngineSpec& spec, const std::vector<Source>& sources,
                                 const std::vector<Operator>& operators)
    : spec_(spec), sources_(sources), operators_(operators) {
  for (std::uint32_t l : spec.neighbours.operators) {
    const OperatorSpec& op = spec.operators[l];
    const Ranking::Kind kind = rankingKind(op, spec.sources[op.source]);
    const auto same = [&](const Ranking& other) {
      return other.kind == kind && other.source == op.source && (kind != Ranking::Kind::polynomial || other.op == l);
    };
    const auto found = std::find_if(rankings_.begin(), rankings_.end(), same);
    rankingOf_.push_back(static_cast<std::size_t>(found - rankings_.begin()));
    if (found != rankings_.end()) continue;
    Ranking ranking;
    ranking.kind = kind;
    ranking.source = op.source;
    ranking.op = l;
    rankings_.push_back(std::move(ranking));
  }
}

void NeighbourSearch::allocate(EngineResult& result) {
  const std::size_t n = spec_.samples, count = spec_.neighbours.count;
  for (const Ranking& ranking : rankings_) {
    // A Gram matrix is read again, exactly.
    const bool fromTiles = ranking.kind != Ranking::Kind::gram;
    const std::size_t kept = std::min(n - 1, count + spare(spec_.sources[ranking.source].view.cols));
    candidates_.push_back(fromTiles ? std::make_unique<Candidates>(n, kept, spec_.block) : nullptr);
  }
  for (std::size_t k = 0; k < rankingOf_.size(); ++k) {
    result.neighbourIndices.emplace_back(n * count);
    result.neighbourValues.emplace_back(n * count);
  }
}

void NeighbourSearch::prepare() {
  std::call_once(prepared_, [this] {
    for (Ranking& ranking : rankings_) {
      prepareRanking(ranking, sources_[ranking.source], operators_[ranking.op], spec_.tile);
    }
  });
}

void NeighbourSearch::offer(std::size_t index, const Tile& tile, std::size_t i, std::size_t count, const double* values,
                            Scratch& scratch) {
  const Ranking& ranking = rankings_[index];
  Candidates& lists = *candidates_[index];
  const std::size_t row = tile.row + i;
  double* rowKeys = scratch.rowKeys.grow(tile.cols);
  double* colKeys = scratch.colKeys.grow(tile.cols);
  std::uint32_t* hits = scratch.hits.grow(tile.cols);
  std::unique_lock<std::mutex> cols(lists.colLock(tile)), rows;
  if (!tile.diagonal()) rows = std::unique_lock<std::mutex>(lists.rowLock(tile));
  KeyRow keys{ranking.slack[row],
              ranking.offset[row],
              lists.worst()[row],
              ranking.slack.data() + tile.col,
              ranking.offset.data() + tile.col,
              lists.worst() + tile.col};
  // At the first tile of a sample most entries would be of interest.
  const double before = keys.worst;
  if (std::isinf(before)) keys.worst = loops().keyFloor(values, count, keys, lists.kept());
  const std::size_t found = loops().keyRow(values, count, keys, rowKeys, colKeys, hits);
  for (std::size_t k = 0; k < found; ++k) {
    const std::size_t j = hits[k];
    const std::size_t col = tile.col + j;
    if (rowKeys[j] >= lists.worst()[row]) lists.offer(row, rowKeys[j], static_cast<std::uint32_t>(col));
    if (colKeys[j] >= lists.worst()[col]) lists.offer(col, colKeys[j], static_cast<std::uint32_t>(row));
  }
  // The floor's keys may be rounded otherwise than these, so that too few of them reach it.
  if (keys.worst == before || !std::isinf(lists.worst()[row])) return;
  for (std::size_t j = 0; j < count; ++j) {
    if (!(rowKeys[j] >= keys.worst)) lists.offer(row, rowKeys[j], static_cast<std::uint32_t>(tile.col + j));
  }
}

std::size_t NeighbourSearch::strips() const { return (spec_.samples + kStrip - 1) / kStrip; }

void NeighbourSearch::finish(std::size_t unit, const Work& work, EngineResult& result) const {
  const std::size_t index = unit / strips(), begin = unit % strips() * kStrip;
  const std::size_t end = std::min(spec_.samples, begin + kStrip), count = spec_.neighbours.count;
  const Ranking& ranking = rankings_[index];
  ExactList list(ranking, sources_[ranking.source], operators_[ranking.op], spec_.operators[ranking.op], work);
  for (std::size_t i = begin; i < end; ++i) {
    if (work.cancelled()) throw Cancelled();
    const std::vector<Ranked>& best = list.find(i, count, candidates_[index].get());
    for (std::size_t k = 0; k < rankingOf_.size(); ++k) {
      if (rankingOf_[k] != index) continue;
      const OperatorSpec& op = spec_.operators[spec_.neighbours.operators[k]];
      for (std::size_t p = 0; p < count; ++p) {
        result.neighbourIndices[k][i * count + p] = best[p].index;
        result.neighbourValues[k][i * count + p] = kernelValue(op, ranking.kind, best[p].value);
      }
    }
  }
}

}  // namespace gramian
