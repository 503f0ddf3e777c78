#include "job.h"

#include <utility>

#include "call.h"
#include "environment.h"
#include "error.h"
#include "read.h"

namespace gramian {

namespace {

Napi::Function asFunction(Napi::Value value, const char* name) {
  if (!value.IsFunction()) refuse(name, "a function");
  return value.As<Napi::Function>();
}

}  // namespace

Napi::Value startJob(Napi::Env env, JobRequest request) {
  Environment& environment = Environment::of(env);
  const std::size_t number = environment.nextNumber();
  // The handle first: a job that runs must not be lost to a handle that could not be made.
  Napi::Object handle = Napi::Object::New(env);
  handle.Set(
      "cancel",
      Napi::Function::New(
          env, [number](const Napi::CallbackInfo& info) { Environment::of(info.Env()).cancel(number); }, "cancel"));
  environment.start(env, number, std::move(request));
  return handle;
}

Job::Job(JobRequest request)
    : work_(std::move(request.work)), pins_(std::move(request.pins)), result_(std::move(request.result)) {
  if (!request.progress.IsNull() && !request.progress.IsUndefined()) {
    progress_ = Napi::Persistent(asFunction(request.progress, "progress"));
    throttle_ = std::make_shared<Throttle>();
  }
  done_ = Napi::Persistent(asFunction(request.done, "done"));
}

void Job::tellProgress(Napi::Env env) {
  throttle_->read();
  callFromLoop(progress_, {Napi::Number::New(env, static_cast<double>(work_->done())),
                           Napi::Number::New(env, static_cast<double>(work_->total()))});
}

void Job::tellDone(Napi::Env env, const Outcome& outcome) {
  Napi::Value error = env.Null(), result = env.Undefined();
  switch (outcome.kind) {
    case Outcome::Kind::cancelled: error = Napi::String::New(env, "cancelled"); break;
    case Outcome::Kind::failed: error = toError(env, outcome).Value(); break;
    case Outcome::Kind::finished:
      if (throttle_) tellProgress(env);
      try {
        result = result_(env);
      } catch (const Napi::Error& thrown) {
        // V8 refuses to allocate the result's arrays.
        error = toError(env, {Outcome::Kind::failed, "OUT_OF_MEMORY", thrown.Message()}).Value();
      } catch (...) {
        error = toError(env, outcomeOf(std::current_exception())).Value();
      }
  }
  callFromLoop(done_, {error, result});
}

}  // namespace gramian
