#include "mailbox.h"

#include <memory>

namespace gramian {

namespace {

// Node calls this for each letter; with a null env for those that the end of the environment overtook.
void openLetter(napi_env env, napi_value, void* open, void* data) {
  const std::unique_ptr<Letter> letter(static_cast<Letter*>(data));
  if (env == nullptr) return;
  try {
    reinterpret_cast<Mailbox::Open>(open)(env, *letter);
  } catch (const Napi::Error&) {
    // No value can be made any more: the environment is being ended, and nobody is left to tell.
  }
}

}  // namespace

Mailbox::Mailbox(Napi::Env env, Open open) {
  const napi_status status =
      napi_create_threadsafe_function(env, nullptr, nullptr, Napi::String::New(env, "gramian"), 0, 1, nullptr, nullptr,
                                      reinterpret_cast<void*>(open), openLetter, &carrier_);
  if (status != napi_ok) throw Napi::Error::New(env);
  release(env);
}

void Mailbox::post(const Letter& letter) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (closed_) return;
  auto copy = std::make_unique<Letter>(letter);
  if (napi_call_threadsafe_function(carrier_, copy.get(), napi_tsfn_nonblocking) == napi_ok) copy.release();
}

void Mailbox::left() {
  const std::lock_guard<std::mutex> lock(mutex_);
  --inside_;
  idle_.notify_all();
}

void Mailbox::entered() {
  const std::lock_guard<std::mutex> lock(mutex_);
  ++inside_;
}

void Mailbox::hold(Napi::Env env) { napi_ref_threadsafe_function(env, carrier_); }

void Mailbox::release(Napi::Env env) { napi_unref_threadsafe_function(env, carrier_); }

void Mailbox::close() {
  std::unique_lock<std::mutex> lock(mutex_);
  closed_ = true;
  idle_.wait(lock, [this] { return inside_ == 0; });
  napi_release_threadsafe_function(carrier_, napi_tsfn_abort);
}

}  // namespace gramian
