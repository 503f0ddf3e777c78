// The one pass over a matrix: what it finds, and that it can be stopped.
#include "facts.h"

#include <vector>

#include "check.h"
#include "error.h"

using namespace gramian;

namespace {

class Idle : public Work {
 public:
  std::size_t phases() const override { return 0; }
  std::size_t units(std::size_t) const override { return 0; }
  std::uint64_t total() const override { return 0; }
  void run(std::size_t, std::size_t, std::size_t) override {}
};

}  // namespace

TEST("facts: means, norms, constant columns and zero rows of small integers are exact") {
  const std::vector<float> x{0, 0, 5, 2, 4, 5, -2, 8, 5, 0, 0, 5};
  const Facts facts = findFacts({x.data(), DType::f32, 4, 3});
  CHECK(facts.mean == (std::vector<double>{0, 3, 5}));
  CHECK(facts.centredNorm2 == (std::vector<double>{9, 5, 29, 9}));
  CHECK(facts.dotMean == (std::vector<double>{-9, 3, 15, -9}));
  CHECK_EQUAL(facts.meanNorm2, 34.0);
  CHECK_EQUAL(facts.scatter, 52.0);
  CHECK_EQUAL(facts.maxAbs, 8.0);
  CHECK(facts.constantColumns == std::vector<std::size_t>{2});
  CHECK(facts.zeroRows.empty());
}

TEST("facts: a cancelled work stops them") {
  const std::vector<float> x(12, 1.0f);
  Idle work;
  work.cancel();
  bool thrown = false;
  try {
    findFacts({x.data(), DType::f32, 4, 3}, &work);
  } catch (const Cancelled&) {
    thrown = true;
  }
  CHECK(thrown);
}
