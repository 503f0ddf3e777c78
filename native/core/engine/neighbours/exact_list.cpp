#include "exact_list.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "../../error.h"
#include "../../simd/loops.h"

namespace gramian {

namespace {

// Rows of all samples are read between two looks at whether to go on: this many entries.
constexpr std::size_t kBetweenLooks = std::size_t(1) << 20;

bool before(const Ranked& a, const Ranked& b) { return a.value > b.value || (a.value == b.value && a.index < b.index); }

}  // namespace

ExactList::ExactList(const Ranking& ranking, const Source& source, const Operator& op, const OperatorSpec& spec,
                     const Work& work)
    : ranking_(ranking), source_(source), op_(op), spec_(spec), work_(work), x_(source.features), y_(source.features) {}

void ExactList::beginRow(std::size_t i) {
  if (ranking_.kind == Ranking::Kind::gram) {
    loops().widen(source_.row(i), source_.spec.view.dtype, source_.features, x_.data());
    return;
  }
  source_.read(i, x_.data());
  if (ranking_.kind == Ranking::Kind::cosine) length_ = op_.length[i];
}

// Of equal rows the same bits, so that ties are ties.
double ExactList::value(std::size_t j) {
  const Loops& loop = loops();
  const std::size_t d = source_.features;
  if (ranking_.kind == Ranking::Kind::gram) return x_[source_.sample(j)];
  if (source_.oneDirection) return ranking_.kind == Ranking::Kind::distance ? 0 : 1;
  const void* y = source_.row(j);
  DType dtype = source_.spec.view.dtype;
  if (!source_.rowNorm.empty()) {
    source_.read(j, y_.data());
    y = y_.data();
    dtype = DType::f64;
  }
  if (ranking_.kind == Ranking::Kind::distance) return -loop.distance2(x_.data(), y, dtype, d);
  const double product = loop.dot(x_.data(), y, dtype, d);
  switch (ranking_.kind) {
    // Divided, so that rows of one entry, whose products and lengths round alike, give ±1 to the bit.
    case Ranking::Kind::cosine: return product / (length_ * op_.length[j]);
    case Ranking::Kind::polynomial: {
      const double base = spec_.gamma * product + spec_.offset;
      return spec_.degree % 2 == 0 ? std::fabs(base) : base;
    }
    default: return product;
  }
}

const std::vector<Ranked>& ExactList::find(std::size_t i, std::size_t count, const Candidates* candidates) {
  beginRow(i);
  best_.clear();
  const auto add = [&](std::size_t j) {
    const double v = value(j);
    // No order holds NaN; what overflows is nobody's neighbour.
    const double ordered = std::isnan(v) ? -std::numeric_limits<double>::infinity() : v;
    best_.push_back({ordered, static_cast<std::uint32_t>(j)});
  };
  if (candidates) {
    const std::size_t kept = candidates->kept();
    const std::uint32_t* indices = candidates->indices(i);
    if (indices[kept - 1] != Candidates::kNobody) {
      for (std::size_t k = 0; k < kept; ++k) add(indices[k]);
      std::sort(best_.begin(), best_.end(), before);
      // Whatever was dropped is worth no more than this.
      const double bound = ranking_.unit * (candidates->keys(i)[kept - 1] + ranking_.base[i]);
      if (kept + 1 == source_.samples || best_[count - 1].value > bound) return best_;
    }
    best_.clear();
  }
  std::size_t sinceLook = 0;
  for (std::size_t j = 0; j < source_.samples; ++j) {
    if ((sinceLook += source_.features) > kBetweenLooks) {
      if (work_.cancelled()) throw Cancelled();
      sinceLook = 0;
    }
    if (j != i) add(j);
  }
  std::partial_sort(best_.begin(), best_.begin() + static_cast<std::ptrdiff_t>(count), best_.end(), before);
  return best_;
}

}  // namespace gramian
