#include "pool.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "../error.h"
#include "ticket.h"

namespace gramian {

namespace {

// Runs `action` with the lock released; the outcome that its exception stands for, if it threw one.
template <typename Action>
std::optional<Outcome> unlocked(std::unique_lock<std::mutex>& lock, Action action) {
  std::optional<Outcome> trouble;
  lock.unlock();
  try {
    action();
  } catch (...) {
    trouble = outcomeOf(std::current_exception());
  }
  lock.lock();
  return trouble;
}

}  // namespace

Pool& Pool::instance() {
  static Pool pool;
  return pool;
}

Pool::~Pool() {
  std::vector<std::shared_ptr<Work>> unfinished;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    closing_ = true;
    for (const TicketPtr& ticket : live_) unfinished.push_back(ticket->work);
  }
  for (const auto& work : unfinished) work->cancel();
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

Pool::TicketPtr Pool::submit(std::shared_ptr<Work> work, std::size_t slots, OnDone onDone, OnUnit onUnit) {
  auto ticket = std::make_shared<Ticket>();
  ticket->work = std::move(work);
  ticket->slots = std::clamp<std::size_t>(slots, 1, maxThreads);
  ticket->onDone = std::move(onDone);
  ticket->onUnit = std::move(onUnit);
  for (std::size_t slot = ticket->slots; slot-- > 0;) ticket->freeSlots.push_back(slot);

  const std::lock_guard<std::mutex> lock(mutex_);
  grow(ticket->slots);
  live_.push_back(ticket);
  limit_ = std::max(limit_, ticket->slots);
  wake_.notify_one();
  return ticket;
}

void Pool::cancel(const TicketPtr& ticket) {
  std::unique_lock<std::mutex> lock(mutex_);
  if (ticket->outcome) return;
  const bool idle = ticket->running == 0;
  stop(*ticket, {Outcome::Kind::cancelled, "", ""}, lock);
  if (idle) retire(*ticket, lock);  // no thread will
}

void Pool::serve() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!closing_) {
    if (const auto turn = claim()) {
      perform(*turn, lock);
    } else {
      wake_.wait(lock);
    }
  }
}

bool Pool::claimable(const Ticket& ticket) const {
  if (running_ >= limit_ || ticket.outcome) return false;
  if (!ticket.begun) return ticket.running == 0;
  return ticket.next < ticket.units && !ticket.freeSlots.empty();
}

std::optional<Pool::Claim> Pool::claim() {
  const auto can = [this](const TicketPtr& ticket) { return claimable(*ticket); };
  const auto found = std::find_if(live_.begin(), live_.end(), can);
  if (found == live_.end()) return std::nullopt;

  Claim turn{*found, std::nullopt, 0};
  Ticket& ticket = **found;
  live_.splice(live_.end(), live_, found);  // its next turn comes after everybody else's
  if (ticket.begun) {
    turn.unit = ticket.next++;
    turn.slot = ticket.freeSlots.back();
    ticket.freeSlots.pop_back();
  }
  ++ticket.running;
  ++running_;
  // Whoever claims wakes the next thread when there is more: no herd, and no wake-up that finds nothing.
  if (std::any_of(live_.begin(), live_.end(), can)) wake_.notify_one();
  return turn;
}

void Pool::perform(const Claim& turn, std::unique_lock<std::mutex>& lock) {
  Ticket& ticket = *turn.ticket;
  if (turn.unit) {
    const auto trouble = unlocked(lock, [&] {
      ticket.work->run(ticket.phase, *turn.unit, turn.slot);
      if (ticket.onUnit) ticket.onUnit();
    });
    ticket.freeSlots.push_back(turn.slot);
    if (trouble) stop(ticket, *trouble, lock);
  }
  const bool last = ticket.running == 1 && ticket.next == ticket.units;
  if (last && !ticket.outcome) enterNextPhase(ticket, lock);
  --ticket.running;
  --running_;
  if (ticket.running == 0 && ticket.outcome) retire(ticket, lock);
}

// The caller's claim keeps every other thread out of this work meanwhile.
void Pool::enterNextPhase(Ticket& ticket, std::unique_lock<std::mutex>& lock) {
  std::size_t phase = ticket.begun ? ticket.phase + 1 : 0, units = 0;
  bool finished = false;
  const auto trouble = unlocked(lock, [&] {
    const std::size_t phases = ticket.work->phases();
    while (phase < phases && (units = ticket.work->units(phase)) == 0) ++phase;
    if (phase < phases) return;
    ticket.work->finish();
    finished = true;
  });
  ticket.begun = true;
  ticket.phase = phase;
  ticket.units = units;
  ticket.next = 0;
  if (trouble) stop(ticket, *trouble, lock);
  if (finished && !ticket.outcome) ticket.outcome = Outcome{};
}

void Pool::stop(Ticket& ticket, Outcome outcome, std::unique_lock<std::mutex>& lock) {
  if (ticket.outcome) return;  // the first reason is the one that is told
  ticket.outcome = std::move(outcome);
  const std::shared_ptr<Work> work = ticket.work;
  lock.unlock();
  work->cancel();
  lock.lock();
}

void Pool::retire(Ticket& ticket, std::unique_lock<std::mutex>& lock) {
  live_.remove_if([&](const TicketPtr& other) { return other.get() == &ticket; });
  limit_ = 0;
  for (const TicketPtr& other : live_) limit_ = std::max(limit_, other->slots);
  std::shared_ptr<Work> work = std::move(ticket.work);
  OnDone onDone = std::move(ticket.onDone);
  OnUnit onUnit = std::move(ticket.onUnit);
  const bool tell = !closing_;
  lock.unlock();
  if (tell) onDone(*ticket.outcome);
  // The destructors of what was handed in may be long, and must not find the pool locked.
  work.reset();
  onDone = nullptr;
  onUnit = nullptr;
  lock.lock();
}

void Pool::grow(std::size_t wanted) {
  while (threads_.size() < wanted) {
    try {
      threads_.emplace_back(&Pool::serve, this);
    } catch (const std::system_error&) {
      if (threads_.empty()) throw CoreError("OUT_OF_MEMORY", "The system refuses to start another thread.");
      return;  // fewer threads do the same work
    }
  }
}

}  // namespace gramian
