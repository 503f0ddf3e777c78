#include "error.h"

namespace gramian {

Napi::Error toError(Napi::Env env, const Outcome& failure) {
  Napi::Error error = Napi::Error::New(env, failure.message);
  error.Set("code", Napi::String::New(env, failure.code));
  return error;
}

}  // namespace gramian
