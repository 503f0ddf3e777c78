// From C++ exceptions to JavaScript errors: an Error with a `code` of lib/errors.ts. The façade turns it into one of
// its classes.
#pragma once

#include <napi.h>

#include <exception>

#include "../core/pool/outcome.h"

namespace gramian {

// `{ code, message }` in the guise of an Error.
Napi::Error toError(Napi::Env env, const Outcome& failure);

// Wraps an exported function, so that whatever the core throws reaches JavaScript with its code.
template <Napi::Value (*Body)(const Napi::CallbackInfo&)>
Napi::Value guarded(const Napi::CallbackInfo& info) {
  try {
    return Body(info);
  } catch (const Napi::Error&) {
    throw;
  } catch (...) {
    throw toError(info.Env(), outcomeOf(std::current_exception()));
  }
}

}  // namespace gramian
