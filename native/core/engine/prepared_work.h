// What every engine work shares: phases 0 and 1 make sources and operators ready, the last one takes the moments.
#pragma once

#include <cstddef>
#include <vector>

#include "operator.h"
#include "source.h"
#include "spec.h"

namespace gramian {

class PreparedWork : public EngineWork {
 public:
  explicit PreparedWork(EngineSpec spec);

  std::size_t phases() const override { return 4; }
  std::size_t units(std::size_t phase) const override;
  void run(std::size_t phase, std::size_t unit, std::size_t slot) override;
  std::uint64_t total() const override { return mainUnits(); }
  const EngineResult& result() const override { return result_; }

 protected:
  // Before all else, on a thread of the pool: memory too large to be cleared on the thread that asked for the work.
  virtual void begin() {}
  // Phase 2, the work itself.
  virtual std::size_t mainUnits() const = 0;
  virtual void runMain(std::size_t unit, std::size_t slot) = 0;
  // Σ_{j≠i} T[i,j] of an operator, once phase 2 has ended.
  virtual double rowSum(std::size_t op, std::size_t i) const = 0;
  // Phase 3: what else there is to do when phase 2 has ended.
  virtual std::size_t lastUnits() const { return 0; }
  virtual void runLast(std::size_t) {}
  // Whether the moments are of use to the caller.
  virtual bool wantsMoments() const { return true; }

  EngineSpec spec_;
  std::vector<Source> sources_;
  std::vector<Operator> operators_;
  EngineResult result_;

 private:
  void findMoments();
};

}  // namespace gramian
