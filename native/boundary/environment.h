// What the addon keeps for each environment (the main thread, each worker): its mailbox and its jobs. There is no other
// state of JavaScript's anywhere, so environments come and go independently.
#pragma once

#include <napi.h>

#include <cstddef>
#include <memory>
#include <unordered_map>

#include "job.h"
#include "mailbox.h"

namespace gramian {

class Environment {
 public:
  static void install(Napi::Env env);
  static Environment& of(Napi::Env env) { return *env.GetInstanceData<Environment>(); }

  // A number for a job that is about to start.
  std::size_t nextNumber() { return ++lastNumber_; }
  // Puts the work into the pool; when it throws, nothing was started.
  void start(Napi::Env env, std::size_t number, JobRequest request);
  // Nothing when it has ended.
  void cancel(std::size_t number);

 private:
  explicit Environment(Napi::Env env);
  static void open(Napi::Env env, const Letter& letter);
  static void tearDown(void* environment);

  std::shared_ptr<Mailbox> mailbox_;
  std::unordered_map<std::size_t, std::unique_ptr<Job>> jobs_;
  std::size_t lastNumber_ = 0;
};

}  // namespace gramian
