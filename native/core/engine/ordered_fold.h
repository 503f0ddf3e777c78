// Folds what the units of a work found, strictly in the order of the units, whoever finishes first: the sum has the
// same bits whatever the number of threads, and only the few results that wait for a predecessor are held.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "../error.h"

namespace gramian {

template <class Part>
class OrderedFold {
 public:
  // At most `window` results are held back; a unit further ahead waits in `borrow`.
  explicit OrderedFold(std::size_t window) : window_(window) {}

  // A Part to write into, kept from an earlier unit where there is one. Units start in rising order, so the unit that
  // all others wait for is always running and never waits itself.
  std::unique_ptr<Part> borrow(std::size_t unit) {
    std::unique_lock<std::mutex> lock(mutex_);
    turn_.wait(lock, [&] { return stopped_ || unit < next_ + window_; });
    if (stopped_) throw Cancelled();
    if (free_.empty()) return std::make_unique<Part>();
    std::unique_ptr<Part> part = std::move(free_.back());
    free_.pop_back();
    return part;
  }

  // Calls fold(unit, part) for this unit and for any that waited for it. One thread folds at a time.
  template <class Fold>
  void commit(std::size_t unit, std::unique_ptr<Part> part, Fold fold) {
    std::lock_guard<std::mutex> lock(mutex_);
    const std::size_t ahead = unit - next_;
    if (waiting_.size() <= ahead) waiting_.resize(ahead + 1);
    waiting_[ahead] = std::move(part);
    while (!waiting_.empty() && waiting_.front()) {
      fold(next_, *waiting_.front());
      free_.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
      ++next_;
    }
    turn_.notify_all();
  }

  // Wakes and ends every unit that waits.
  void stop() {
    std::lock_guard<std::mutex> lock(mutex_);
    stopped_ = true;
    turn_.notify_all();
  }

 private:
  const std::size_t window_;
  std::mutex mutex_;
  std::condition_variable turn_;
  std::deque<std::unique_ptr<Part>> waiting_;
  std::vector<std::unique_ptr<Part>> free_;
  std::size_t next_ = 0;
  bool stopped_ = false;
};

}  // namespace gramian
