// The way from pool threads to the JavaScript thread of one environment.
#pragma once

#include <napi.h>

#include <condition_variable>
#include <cstddef>
#include <mutex>

#include "../core/pool/outcome.h"

namespace gramian {

struct Letter {
  enum class Kind { progress, done };
  Kind kind;
  std::size_t job;
  Outcome outcome;  // of `done`
};

// Shared by the environment and by the jobs that are in the pool on its behalf, so that it outlives both.
class Mailbox {
 public:
  using Open = void (*)(Napi::Env env, const Letter& letter);

  // `open` is called on the JavaScript thread for each letter, as long as the environment lives.
  Mailbox(Napi::Env env, Open open);

  // Any thread.
  void post(const Letter& letter);
  void left();  // the job that entered has no thread in it any more; the last thing that a job does

  // The JavaScript thread.
  void entered();               // a job went into the pool
  void hold(Napi::Env env);     // keeps the event loop alive
  void release(Napi::Env env);  // lets it end
  void close();                 // from now on letters are thrown away; returns when every job has left

 private:
  napi_threadsafe_function carrier_ = nullptr;
  std::mutex mutex_;
  std::condition_variable idle_;
  std::size_t inside_ = 0;
  bool closed_ = false;
};

}  // namespace gramian
