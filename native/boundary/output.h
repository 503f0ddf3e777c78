// The arrays that a job writes its answers into: made by JavaScript's own constructor before the job starts, held until
// it has ended, so that nothing large is copied on the event loop.
#pragma once

#include <napi.h>

#include <cstddef>
#include <map>
#include <memory>
#include <string>

namespace gramian {

class Output {
 public:
  // A Float64Array of zeros, under `key` in the result.
  double* add(Napi::Env env, const std::string& key, std::size_t length);
  Napi::Object toObject(Napi::Env env) const;

 private:
  std::map<std::string, Napi::ObjectReference> arrays_;
};

}  // namespace gramian
