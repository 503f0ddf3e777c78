// Calls of JavaScript from the event loop, where no JavaScript caller could catch what they throw.
#pragma once

#include <napi.h>

#include <initializer_list>

namespace gramian {

// What the function throws becomes an uncaught exception. Does nothing in an environment that is being ended.
void callFromLoop(const Napi::FunctionReference& function, std::initializer_list<napi_value> arguments);

}  // namespace gramian
