// One pool of threads for the whole process: every job of every JavaScript environment shares it, so that concurrent
// jobs neither fight over the cores nor wait for each other.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "outcome.h"
#include "work.h"

namespace gramian {

class Pool {
 public:
  // Work that was handed in: the receipt with which it can be cancelled.
  struct Ticket;
  using TicketPtr = std::shared_ptr<Ticket>;

  using OnUnit = std::function<void()>;
  using OnDone = std::function<void(const Outcome&)>;

  static constexpr std::size_t maxThreads = 64;

  Pool() = default;
  // Cancels everything, waits for the units that are running and calls no OnDone any more.
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // The process's pool. It is destroyed by exit(), hence also at process.exit() and after an uncaught exception, before
  // the destructors of the libraries that its threads may be inside of (OpenBLAS frees its buffers in one).
  static Pool& instance();

  // At most `slots` units of this work run at a time. Works take turns, unit by unit, and a work's units begin strictly
  // in rising order. As many units run at a time over all works as the work with the most slots asked for. `onUnit` is
  // called by pool threads after each unit. `onDone` is called once, when no unit runs any more and none will, by a
  // pool thread or by the thread that cancels. Neither may throw or call back into the pool.
  TicketPtr submit(std::shared_ptr<Work> work, std::size_t slots, OnDone onDone, OnUnit onUnit = {});

  // No further unit begins; running ones are told. Does nothing to work that has ended.
  void cancel(const TicketPtr& ticket);

 private:
  struct Claim;

  void serve();
  std::optional<Claim> claim();
  void perform(const Claim& turn, std::unique_lock<std::mutex>& lock);
  void enterNextPhase(Ticket& ticket, std::unique_lock<std::mutex>& lock);
  void stop(Ticket& ticket, Outcome outcome, std::unique_lock<std::mutex>& lock);
  void retire(Ticket& ticket, std::unique_lock<std::mutex>& lock);
  bool claimable(const Ticket& ticket) const;
  void grow(std::size_t wanted);

  std::mutex mutex_;
  std::condition_variable wake_;
  std::list<TicketPtr> live_;  // whose turn it is comes first
  std::size_t running_ = 0;    // claims being performed
  std::size_t limit_ = 0;      // how many may be
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace gramian
