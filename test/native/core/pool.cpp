#include "pool/pool.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <new>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "check.h"
#include "error.h"

using gramian::Cancelled;
using gramian::CoreError;
using gramian::Outcome;
using gramian::Pool;
using gramian::Work;

namespace {

using namespace std::chrono_literals;
using Body = std::function<void(std::size_t phase, std::size_t unit, std::size_t slot)>;

// Work that does what it is told, and notes the order in which its units began.
class Script : public Work {
 public:
  Script(std::vector<std::size_t> units, Body body = {}) : units_(std::move(units)), body_(std::move(body)) {}

  std::size_t phases() const override { return units_.size(); }
  std::size_t units(std::size_t phase) const override { return units_[phase]; }
  std::uint64_t total() const override { return 0; }
  void finish() override { ++finished; }

  void run(std::size_t phase, std::size_t unit, std::size_t slot) override {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      began.push_back({phase, unit});
      slots.insert(slot);
      overlapping = std::max(overlapping, ++now_);
    }
    if (body_) {
      try {
        body_(phase, unit, slot);
      } catch (...) {
        leave();
        throw;
      }
    }
    leave();
  }

  std::vector<std::pair<std::size_t, std::size_t>> began;
  std::set<std::size_t> slots;
  std::size_t overlapping = 0;
  std::atomic<int> finished{0};

 private:
  void leave() {
    const std::lock_guard<std::mutex> lock(mutex_);
    --now_;
  }

  std::vector<std::size_t> units_;
  Body body_;
  std::mutex mutex_;
  std::size_t now_ = 0;
};

// Submits, and holds the outcome.
struct Run {
  Run(Pool& pool, std::shared_ptr<Work> work, std::size_t slots)
      : ticket(pool.submit(std::move(work), slots, [this](const Outcome& outcome) {
          ++calls;
          promise.set_value(outcome);
        })) {}
  Outcome wait() { return promise.get_future().get(); }

  std::atomic<int> calls{0};
  std::promise<Outcome> promise;
  Pool::TicketPtr ticket;
};

bool is(const Outcome& outcome, Outcome::Kind kind) { return outcome.kind == kind; }

// Opens once; any number may wait.
class Gate {
 public:
  void open() {
    const std::lock_guard<std::mutex> lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void pass() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

}  // namespace

TEST("pool: every unit runs once, in rising order, phase after phase") {
  Pool pool;
  std::atomic<std::size_t> ended{0}, early{0};
  auto work =
      std::make_shared<Script>(std::vector<std::size_t>{20, 0, 30}, [&](std::size_t phase, std::size_t, std::size_t) {
        if (phase == 2 && ended < 20) ++early;
        ++ended;
      });
  Run run(pool, work, 4);
  CHECK(is(run.wait(), Outcome::Kind::finished));
  CHECK_EQUAL(work->began.size(), 50u);
  CHECK_EQUAL(early.load(), 0u);
  CHECK_EQUAL(work->finished.load(), 1);
  std::sort(work->began.begin(), work->began.end());
  CHECK(std::unique(work->began.begin(), work->began.end()) == work->began.end());
}

TEST("pool: with one slot the order of running is the order of the units") {
  Pool pool;
  auto work = std::make_shared<Script>(std::vector<std::size_t>{40, 40});
  Run run(pool, work, 1);
  run.wait();
  CHECK(std::is_sorted(work->began.begin(), work->began.end()));
  CHECK_EQUAL(work->overlapping, 1u);
}

TEST("pool: work without units finishes") {
  Pool pool;
  auto none = std::make_shared<Script>(std::vector<std::size_t>{});
  Run first(pool, none, 2);
  CHECK(is(first.wait(), Outcome::Kind::finished));
  auto empty = std::make_shared<Script>(std::vector<std::size_t>{0, 0});
  Run second(pool, empty, 2);
  CHECK(is(second.wait(), Outcome::Kind::finished));
  CHECK_EQUAL(empty->finished.load(), 1);
}

TEST("pool: never more units at a time than slots, and slots stay in range") {
  Pool pool;
  auto nap = [](std::size_t, std::size_t, std::size_t) { std::this_thread::sleep_for(1ms); };
  auto narrow = std::make_shared<Script>(std::vector<std::size_t>{30}, nap);
  auto wide = std::make_shared<Script>(std::vector<std::size_t>{60}, nap);
  Run first(pool, narrow, 2), second(pool, wide, 6);
  first.wait();
  second.wait();
  CHECK(narrow->overlapping <= 2);
  CHECK(wide->overlapping <= 6);
  CHECK(*narrow->slots.rbegin() < 2);
  CHECK(*wide->slots.rbegin() < 6);
}

TEST("pool: grows to what a work asks, so that its units really run side by side") {
  Pool pool;
  std::atomic<int> arrived{0};
  Gate all;
  // Each unit waits for the fifth: it passes only if five run at the same time.
  auto work = std::make_shared<Script>(std::vector<std::size_t>{5}, [&](std::size_t, std::size_t, std::size_t) {
    if (++arrived == 5) all.open();
    all.pass();
  });
  Run run(pool, work, 5);
  CHECK(is(run.wait(), Outcome::Kind::finished));
}

TEST("pool: a unit may wait for a lower one of the same work") {
  Pool pool;
  std::vector<Gate> ended(64);
  auto work = std::make_shared<Script>(std::vector<std::size_t>{64}, [&](std::size_t, std::size_t unit, std::size_t) {
    if (unit > 0) ended[unit - 1].pass();
    ended[unit].open();
  });
  Run run(pool, work, 8);
  CHECK(is(run.wait(), Outcome::Kind::finished));
}

TEST("pool: works take turns, unit by unit") {
  Pool pool;
  std::mutex mutex;
  std::vector<char> order;
  Gate start;
  const auto note = [&](char who) {
    return [&, who](std::size_t, std::size_t unit, std::size_t) {
      if (who == 'a' && unit == 0) start.pass();
      const std::lock_guard<std::mutex> lock(mutex);
      order.push_back(who);
    };
  };
  auto a = std::make_shared<Script>(std::vector<std::size_t>{20}, note('a'));
  auto b = std::make_shared<Script>(std::vector<std::size_t>{20}, note('b'));
  Run first(pool, a, 1), second(pool, b, 1);
  start.open();
  first.wait();
  second.wait();
  // One thread: they alternate, so a leads by at most the unit that waited at the start, its turn before b came to the
  // front, and the turn that b spent on entering its first phase.
  int lead = 0, worst = 0;
  for (const char who : order) {
    lead += who == 'a' ? 1 : -1;
    worst = std::max(worst, std::abs(lead));
  }
  CHECK(worst <= 3);
}

TEST("pool: cancelling drops what has not begun and waits for what has") {
  Pool pool;
  Gate begun, letGo;
  std::atomic<bool> ended{false};
  auto work = std::make_shared<Script>(std::vector<std::size_t>{100}, [&](std::size_t, std::size_t, std::size_t) {
    begun.open();
    letGo.pass();
    ended = true;
  });
  Run run(pool, work, 1);
  begun.pass();
  pool.cancel(run.ticket);
  CHECK(work->cancelled());
  CHECK_EQUAL(run.calls.load(), 0);
  letGo.open();
  CHECK(is(run.wait(), Outcome::Kind::cancelled));
  CHECK(ended);
  CHECK_EQUAL(work->began.size(), 1u);
  CHECK_EQUAL(work->finished.load(), 0);
  pool.cancel(run.ticket);  // again, after the end: nothing
  CHECK_EQUAL(run.calls.load(), 1);
}

TEST("pool: queued work is cancelled at once while every thread is busy") {
  Pool pool;
  Gate begun, letGo;
  auto busy = std::make_shared<Script>(std::vector<std::size_t>{1}, [&](std::size_t, std::size_t, std::size_t) {
    begun.open();
    letGo.pass();
  });
  Run first(pool, busy, 1);
  begun.pass();
  auto queued = std::make_shared<Script>(std::vector<std::size_t>{10});
  Run second(pool, queued, 1);
  pool.cancel(second.ticket);
  CHECK(is(second.wait(), Outcome::Kind::cancelled));
  CHECK_EQUAL(queued->began.size(), 0u);
  letGo.open();
  CHECK(is(first.wait(), Outcome::Kind::finished));
}

TEST("pool: a unit that throws stops the work, wakes the others and is what is told") {
  Pool pool;
  auto failing =
      std::make_shared<Script>(std::vector<std::size_t>{100}, [&](std::size_t, std::size_t unit, std::size_t) {
        if (unit == 3) throw CoreError("NON_FINITE", "a sentence");
        if (unit > 3) std::this_thread::sleep_for(1ms);
      });
  Run run(pool, failing, 2);
  const Outcome outcome = run.wait();
  CHECK(is(outcome, Outcome::Kind::failed));
  CHECK_EQUAL(outcome.code, "NON_FINITE");
  CHECK_EQUAL(outcome.message, "a sentence");
  CHECK(failing->began.size() < 100);
  CHECK(failing->cancelled());
  CHECK_EQUAL(failing->finished.load(), 0);
}

TEST("pool: every kind of exception has its code") {
  Pool pool;
  const auto codeOf = [&](std::function<void()> thrower) {
    auto work = std::make_shared<Script>(std::vector<std::size_t>{1},
                                         [=](std::size_t, std::size_t, std::size_t) { thrower(); });
    Run run(pool, work, 1);
    return run.wait().code;
  };
  CHECK_EQUAL(codeOf([] { throw std::bad_alloc(); }), "OUT_OF_MEMORY");
  CHECK_EQUAL(codeOf([] { throw std::runtime_error("x"); }), "INTERNAL");
  CHECK_EQUAL(codeOf([] { throw 1; }), "INTERNAL");
  CHECK_EQUAL(codeOf([] { throw CoreError("MEMORY_LIMIT", "x"); }), "MEMORY_LIMIT");
}

TEST("pool: an exception of finish is a failure too") {
  class Bad : public Script {
   public:
    Bad() : Script({1}) {}
    void finish() override { throw std::bad_alloc(); }
  };
  Pool pool;
  Run run(pool, std::make_shared<Bad>(), 1);
  CHECK_EQUAL(run.wait().code, "OUT_OF_MEMORY");
}

TEST("pool: the work is let go of before its end is known to all") {
  Pool pool;
  auto work = std::make_shared<Script>(std::vector<std::size_t>{1});
  const std::weak_ptr<Script> weak = work;
  Run run(pool, std::move(work), 1);
  run.wait();
  for (int i = 0; i < 1000 && !weak.expired(); ++i) std::this_thread::sleep_for(1ms);
  CHECK(weak.expired());
}

TEST("pool: destroying it while busy cancels, joins and tells nobody") {
  for (int repetition = 0; repetition < 50; ++repetition) {
    std::atomic<int> told{0};
    {
      Pool pool;
      for (int i = 0; i < 3; ++i) {
        auto work =
            std::make_shared<Script>(std::vector<std::size_t>{100000},
                                     [](std::size_t, std::size_t, std::size_t) { std::this_thread::sleep_for(100us); });
        pool.submit(work, 3, [&](const Outcome&) { ++told; });
      }
      std::this_thread::sleep_for(std::chrono::microseconds(repetition * 20));
    }
    CHECK_EQUAL(told.load(), 0);
  }
}

TEST("pool: many works submitted and cancelled from many threads each end once") {
  Pool pool;
  std::atomic<int> ended{0};
  std::vector<std::thread> submitters;
  for (int thread = 0; thread < 4; ++thread) {
    submitters.emplace_back([&, thread] {
      for (int i = 0; i < 200; ++i) {
        auto work = std::make_shared<Script>(std::vector<std::size_t>{3, 3});
        auto ticket = pool.submit(work, 1 + i % 4, [&](const Outcome&) { ++ended; });
        if ((i + thread) % 2) pool.cancel(ticket);
      }
    });
  }
  for (auto& submitter : submitters) submitter.join();
  for (int i = 0; i < 5000 && ended < 800; ++i) std::this_thread::sleep_for(1ms);
  CHECK_EQUAL(ended.load(), 800);
}

TEST("pool: onUnit is called after each unit") {
  Pool pool;
  std::atomic<int> units{0};
  std::promise<void> ended;
  pool.submit(
      std::make_shared<Script>(std::vector<std::size_t>{7, 5}), 3, [&](const Outcome&) { ended.set_value(); },
      [&] { ++units; });
  ended.get_future().get();
  CHECK_EQUAL(units.load(), 12);
}
