// Reads the fields of the objects that the façade sends. The façade explains mistakes to people; here they are only
// kept from doing harm, so whatever is not as lib/native.ts declares it is refused with INVALID_ARGUMENT.
#pragma once

#include <napi.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "pins.h"

namespace gramian {

[[noreturn]] void refuse(const std::string& name, const std::string& wanted);

class Fields {
 public:
  // `name` is what messages call the object, e.g. "spec.sources[2]".
  Fields(Napi::Value value, std::string name);

  bool has(const char* key) const;  // neither undefined nor null
  Napi::Value get(const char* key) const { return object_.Get(key); }
  std::string nameOf(const char* key) const { return name_ + "." + key; }

  std::size_t size(const char* key, std::size_t least, std::size_t most) const;
  double number(const char* key, double otherwise) const;  // `otherwise` when the field is missing
  bool flag(const char* key) const;                        // false when the field is missing
  std::string string(const char* key) const;
  Fields object(const char* key) const { return Fields(get(key), nameOf(key)); }
  std::vector<Fields> list(const char* key) const;

  // Float64Array of exactly `length` numbers.
  const double* doubles(const char* key, std::size_t length, Pins& pins) const;
  // Uint32Array, copied, every entry below `bound`; empty when the field is missing.
  std::vector<std::uint32_t> indices(const char* key, std::size_t bound) const;

 private:
  Napi::Object object_;
  std::string name_;
};

// An array of objects, as Fields named name[0], name[1], …
std::vector<Fields> listOf(Napi::Value value, const std::string& name);
std::size_t sizeOf(Napi::Value value, const std::string& name, std::size_t least, std::size_t most);

}  // namespace gramian
