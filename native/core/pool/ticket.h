// The pool's own record of one submitted work. Everything here is guarded by the pool's mutex, except that `phase` may
// be read without it by a running unit: it does not change while one runs.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "pool.h"

namespace gramian {

struct Pool::Ticket {
  std::shared_ptr<Work> work;  // let go of when the work is retired
  std::size_t slots = 1;
  OnDone onDone;
  OnUnit onUnit;

  bool begun = false;  // the first phase was entered
  std::size_t phase = 0;
  std::size_t units = 0;               // of this phase
  std::size_t next = 0;                // the first unit that nobody has claimed
  std::size_t running = 0;             // claims being performed
  std::vector<std::size_t> freeSlots;  // those that no running unit holds
  std::optional<Outcome> outcome;      // once set, nothing more is claimed
};

// One thread's turn: a unit, or the entry into the first phase.
struct Pool::Claim {
  TicketPtr ticket;
  std::optional<std::size_t> unit;
  std::size_t slot = 0;
};

}  // namespace gramian
