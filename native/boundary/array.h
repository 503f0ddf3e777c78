// Typed arrays in both directions. What comes in is checked for element type and length, and its memory pinned; what
// goes out is a fresh array in a buffer that V8 allocates and counts.
#pragma once

#include <napi.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "pins.h"

namespace gramian {

// The elements of a typed array of exactly this type, in memory that cannot shrink. `length` is the one demanded.
const void* elements(Napi::Value value, napi_typedarray_type type, std::size_t length, const std::string& name,
                     Pins& pins);

// How many elements a typed array of this type has; 0 for anything else.
std::size_t lengthOf(Napi::Value value, napi_typedarray_type type);

// Zeros.
Napi::Float64Array newFloat64Array(Napi::Env env, std::size_t length);
Napi::Float64Array toFloat64Array(Napi::Env env, const std::vector<double>& values);
Napi::Uint8Array toUint8Array(Napi::Env env, const std::vector<std::uint8_t>& values);
Napi::Uint32Array toUint32Array(Napi::Env env, const std::vector<std::size_t>& values);
Napi::Uint32Array toUint32Array(Napi::Env env, const std::vector<std::uint32_t>& values);

}  // namespace gramian
