#include "output.h"

#include "array.h"

namespace gramian {

double* Output::add(Napi::Env env, const std::string& key, std::size_t length) {
  Napi::Float64Array array = newFloat64Array(env, length);
  arrays_[key] = Napi::Persistent(array.As<Napi::Object>());
  return array.Data();
}

Napi::Object Output::toObject(Napi::Env env) const {
  Napi::Object object = Napi::Object::New(env);
  for (const auto& [key, array] : arrays_) object.Set(key, array.Value());
  return object;
}

}  // namespace gramian
