// What the pool runs: work in phases, each phase a number of independent units.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace gramian {

// Units of one phase are handed out in rising order, each exactly once; a phase begins when every unit of the one
// before has ended. A unit that throws stops the work: no further unit begins, and the first exception is what the job
// reports.
class Work {
 public:
  virtual ~Work() = default;

  virtual std::size_t phases() const = 0;
  virtual std::size_t units(std::size_t phase) const = 0;

  // `slot` is in [0, slots given at submit) and belongs to one running unit at a time: it indexes per-thread scratch.
  virtual void run(std::size_t phase, std::size_t unit, std::size_t slot) = 0;

  // Called once, by the thread that ended the last unit, when no unit threw and nothing was cancelled.
  virtual void finish() {}

  // Read by long units between steps. Set by the pool, from any thread.
  bool cancelled() const { return cancelled_.load(std::memory_order_relaxed); }
  void cancel() {
    cancelled_.store(true, std::memory_order_relaxed);
    onCancel();
  }

  // Progress in units of the work's own choosing (the engine counts tiles).
  std::uint64_t done() const { return done_.load(std::memory_order_relaxed); }
  virtual std::uint64_t total() const = 0;

 protected:
  void advance(std::uint64_t by = 1) { done_.fetch_add(by, std::memory_order_relaxed); }
  // For work that waits inside a unit (ordered_fold.h): wake the waiters.
  virtual void onCancel() {}

 private:
  std::atomic<bool> cancelled_{false};
  std::atomic<std::uint64_t> done_{0};
};

}  // namespace gramian
