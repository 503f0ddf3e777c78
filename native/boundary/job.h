// A job: work in the pool, and the two JavaScript functions that hear of it.
#pragma once

#include <napi.h>

#include <cstddef>
#include <functional>
#include <memory>

#include "../core/pool/pool.h"
#include "pins.h"
#include "throttle.h"

namespace gramian {

// What a binding hands over to start one.
struct JobRequest {
  std::shared_ptr<Work> work;
  std::size_t slots = 1;
  Pins pins;                                     // what the work reads
  Napi::Value progress;                          // a function or null
  Napi::Value done;                              // a function
  std::function<Napi::Value(Napi::Env)> result;  // after success, on the JavaScript thread
};

// Starts it; returns the NativeJob of lib/native.ts.
Napi::Value startJob(Napi::Env env, JobRequest request);

// The JavaScript thread's half of a job. The pool's half knows no more than its number, so that whatever outlives
// whatever, no reference to a JavaScript value is ever let go of on another thread.
class Job {
 public:
  explicit Job(JobRequest request);

  // Null when nobody asked for progress.
  const std::shared_ptr<Throttle>& throttle() const { return throttle_; }
  void setTicket(Pool::TicketPtr ticket) { ticket_ = std::move(ticket); }
  void cancel() { Pool::instance().cancel(ticket_); }
  void tellProgress(Napi::Env env);
  void tellDone(Napi::Env env, const Outcome& outcome);

 private:
  std::shared_ptr<Work> work_;
  Pool::TicketPtr ticket_;
  Pins pins_;
  std::shared_ptr<Throttle> throttle_;
  Napi::FunctionReference progress_, done_;
  std::function<Napi::Value(Napi::Env)> result_;
};

}  // namespace gramian
