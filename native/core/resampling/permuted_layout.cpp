#include "permuted_layout.h"

#include <algorithm>

namespace gramian {

namespace {

std::size_t roundUp(std::size_t value, std::size_t step) { return (value + step - 1) / step * step; }

// Points start on multiples of this many bytes: few of them straddle cache lines, and little is wasted on few
// operators.
constexpr std::size_t kPointBytes = 16;

void findBlocks(PermutedLayout& layout, std::size_t lanes, std::size_t most) {
  const std::size_t steps = layout.rows / permutedStep;
  for (std::size_t left = 0; left < layout.ld; left += lanes) {
    std::vector<bool> wanted(steps, false);
    for (const PermutedLayout::Reader& reader : layout.readers) {
      if (reader.left / lanes == left / lanes) wanted[reader.right / permutedStep] = true;
    }
    for (std::size_t step = 0; step < steps; ++step) {
      if (!wanted[step]) continue;
      const bool extends = !layout.blocks.empty() && layout.blocks.back().left == left &&
                           layout.blocks.back().right + layout.blocks.back().columns == step * permutedStep &&
                           layout.blocks.back().columns < most;
      if (extends) layout.blocks.back().columns += permutedStep;
      else layout.blocks.push_back({left, step * permutedStep, permutedStep});
    }
  }
}

}  // namespace

std::vector<PermutedLayout> layOutGroups(const std::vector<OperatorSpec>& operators, const std::vector<Pair>& pairs,
                                         std::size_t bytes) {
  std::vector<bool> used(operators.size(), false);
  for (const Pair& pair : pairs) used[pair.a] = used[pair.b] = true;
  std::vector<PermutedLayout> layouts;
  std::vector<std::size_t> layoutOf(operators.size()), place(operators.size());
  for (std::size_t l = 0; l < operators.size(); ++l) {
    if (!used[l]) continue;
    if (layouts.empty() || operators[layouts.back().members[0]].group != operators[l].group) layouts.emplace_back();
    layoutOf[l] = layouts.size() - 1;
    place[l] = layouts.back().members.size();
    layouts.back().members.push_back(l);
  }
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
    layouts[layoutOf[pairs[pair].a]].readers.push_back({place[pairs[pair].a], place[pairs[pair].b], pair});
  }
  const std::size_t lanes = loops().permutedBytes / bytes;
  for (PermutedLayout& layout : layouts) {
    layout.stride = roundUp(layout.members.size(), kPointBytes / bytes);
    layout.ld = roundUp(layout.members.size(), lanes);
    layout.rows = roundUp(layout.members.size(), permutedStep);
    findBlocks(layout, lanes, loops().permutedMost);
  }
  return layouts;
}

}  // namespace gramian
