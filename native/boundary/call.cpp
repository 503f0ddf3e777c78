#include "call.h"

namespace gramian {

// The plain calls, because the wrapper would throw C++ exceptions through Node's own frames.
void callFromLoop(const Napi::FunctionReference& function, std::initializer_list<napi_value> arguments) {
  const napi_env env = function.Env();
  napi_value receiver = nullptr, callee = function.Value();
  if (napi_get_undefined(env, &receiver) != napi_ok || callee == nullptr) return;
  const napi_status status = napi_call_function(env, receiver, callee, arguments.size(), arguments.begin(), nullptr);
  napi_value thrown = nullptr;
  if (status == napi_pending_exception && napi_get_and_clear_last_exception(env, &thrown) == napi_ok && thrown) {
    napi_fatal_exception(env, thrown);
  }
}

}  // namespace gramian
