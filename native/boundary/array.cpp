#include "array.h"

#include <algorithm>

#include "read.h"

namespace gramian {

namespace {

struct View {
  bool valid = false;
  std::size_t length = 0;
  void* data = nullptr;
  napi_value buffer = nullptr;
};

// Napi::TypedArray::As would take an array of any other element type without a word, hence the plain call.
View viewOf(Napi::Value value, napi_typedarray_type wanted) {
  View view;
  bool isTypedArray = false;
  if (napi_is_typedarray(value.Env(), value, &isTypedArray) != napi_ok || !isTypedArray) return view;
  napi_typedarray_type type;
  std::size_t offset;
  const napi_status status =
      napi_get_typedarray_info(value.Env(), value, &type, &view.length, &view.data, &view.buffer, &offset);
  view.valid = status == napi_ok && type == wanted;
  return view;
}

// resize() gives memory back to the system at once, whoever reads it.
bool canShrink(Napi::Env env, napi_value buffer) {
  const Napi::Value resizable = Napi::Object(env, buffer).Get("resizable");
  return resizable.IsBoolean() && resizable.As<Napi::Boolean>().Value();
}

}  // namespace

const void* elements(Napi::Value value, napi_typedarray_type type, std::size_t length, const std::string& name,
                     Pins& pins) {
  const View view = viewOf(value, type);
  if (!view.valid) refuse(name, "a typed array of the matching element type");
  if (view.length != length) refuse(name, "an array of " + std::to_string(length) + " elements");
  if (length > 0 && view.data == nullptr) refuse(name, "an array whose buffer was not detached");
  if (canShrink(value.Env(), view.buffer)) refuse(name, "an array in a buffer of fixed size");
  pins.add(value.As<Napi::Object>());
  return view.data;
}

std::size_t lengthOf(Napi::Value value, napi_typedarray_type type) {
  const View view = viewOf(value, type);
  return view.valid ? view.length : 0;
}

namespace {

// By JavaScript's own constructor, which throws where there is no memory; Node-API's function would end the process.
template <class Array>
Array construct(Napi::Env env, const char* name, std::size_t length) {
  const auto constructor = env.Global().Get(name).As<Napi::Function>();
  return constructor.New({Napi::Number::New(env, static_cast<double>(length))}).template As<Array>();
}

}  // namespace

Napi::Float64Array newFloat64Array(Napi::Env env, std::size_t length) {
  return construct<Napi::Float64Array>(env, "Float64Array", length);
}

Napi::Float64Array toFloat64Array(Napi::Env env, const std::vector<double>& values) {
  auto array = newFloat64Array(env, values.size());
  std::copy(values.begin(), values.end(), array.Data());
  return array;
}

Napi::Uint8Array toUint8Array(Napi::Env env, const std::vector<std::uint8_t>& values) {
  auto array = construct<Napi::Uint8Array>(env, "Uint8Array", values.size());
  std::copy(values.begin(), values.end(), array.Data());
  return array;
}

Napi::Uint32Array toUint32Array(Napi::Env env, const std::vector<std::size_t>& values) {
  auto array = construct<Napi::Uint32Array>(env, "Uint32Array", values.size());
  std::transform(values.begin(), values.end(), array.Data(),
                 [](std::size_t value) { return static_cast<std::uint32_t>(value); });
  return array;
}

Napi::Uint32Array toUint32Array(Napi::Env env, const std::vector<std::uint32_t>& values) {
  auto array = construct<Napi::Uint32Array>(env, "Uint32Array", values.size());
  std::copy(values.begin(), values.end(), array.Data());
  return array;
}

}  // namespace gramian
