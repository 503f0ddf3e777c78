// How often a job's progress crosses to the JavaScript thread.
#pragma once

#include <atomic>
#include <chrono>

namespace gramian {

// Lets the first report through, then one each kBetween, and none while the last one still waits to be read: a fast job
// does not flood the event loop, and an event loop that is held does not find a pile of stale reports.
class Throttle {
 public:
  // Any thread: whether to report now.
  bool pass() {
    const auto now = Clock::now().time_since_epoch().count();
    auto next = next_.load(std::memory_order_relaxed);
    if (now < next || unread_.load(std::memory_order_relaxed)) return false;
    const auto after = now + Clock::duration(kBetween).count();
    if (!next_.compare_exchange_strong(next, after, std::memory_order_relaxed)) return false;
    return !unread_.exchange(true, std::memory_order_relaxed);
  }

  // The JavaScript thread: the report was read.
  void read() { unread_.store(false, std::memory_order_relaxed); }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds kBetween{30};

  std::atomic<Clock::rep> next_{0};
  std::atomic<bool> unread_{false};
};

}  // namespace gramian
