#include "read.h"

#include <cmath>
#include <utility>

#include "../core/error.h"
#include "array.h"

namespace gramian {

namespace {

Napi::Object asObject(Napi::Value value, const std::string& name) {
  if (!value.IsObject()) refuse(name, "an object");
  return value.As<Napi::Object>();
}

}  // namespace

void refuse(const std::string& name, const std::string& wanted) {
  throw CoreError("INVALID_ARGUMENT", "Expected " + wanted + " for " + name + ".");
}

std::size_t sizeOf(Napi::Value value, const std::string& name, std::size_t least, std::size_t most) {
  const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : -1;
  const bool whole = number >= 0 && number <= 9007199254740991.0 && number == std::floor(number);
  if (!whole || number < static_cast<double>(least) || number > static_cast<double>(most)) {
    refuse(name, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  }
  return static_cast<std::size_t>(number);
}

std::vector<Fields> listOf(Napi::Value value, const std::string& name) {
  if (!value.IsArray()) refuse(name, "an array");
  const Napi::Array array = value.As<Napi::Array>();
  std::vector<Fields> items;
  for (std::uint32_t i = 0; i < array.Length(); ++i) {
    items.emplace_back(array.Get(i), name + "[" + std::to_string(i) + "]");
  }
  return items;
}

Fields::Fields(Napi::Value value, std::string name) : object_(asObject(value, name)), name_(std::move(name)) {}

bool Fields::has(const char* key) const {
  const Napi::Value value = get(key);
  return !value.IsUndefined() && !value.IsNull();
}

std::size_t Fields::size(const char* key, std::size_t least, std::size_t most) const {
  return sizeOf(get(key), nameOf(key), least, most);
}

double Fields::number(const char* key, double otherwise) const {
  const Napi::Value value = get(key);
  if (value.IsUndefined()) return otherwise;
  const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : NAN;
  if (!std::isfinite(number)) refuse(nameOf(key), "a finite number");
  return number;
}

bool Fields::flag(const char* key) const {
  const Napi::Value value = get(key);
  if (value.IsUndefined()) return false;
  if (!value.IsBoolean()) refuse(nameOf(key), "true or false");
  return value.As<Napi::Boolean>().Value();
}

std::string Fields::string(const char* key) const {
  const Napi::Value value = get(key);
  if (!value.IsString()) refuse(nameOf(key), "a string");
  return value.As<Napi::String>().Utf8Value();
}

std::vector<Fields> Fields::list(const char* key) const { return listOf(get(key), nameOf(key)); }

const double* Fields::doubles(const char* key, std::size_t length, Pins& pins) const {
  return static_cast<const double*>(elements(get(key), napi_float64_array, length, nameOf(key), pins));
}

std::vector<std::uint32_t> Fields::indices(const char* key, std::size_t bound) const {
  const Napi::Value value = get(key);
  if (value.IsUndefined()) return {};
  Pins untilCopied;
  const std::size_t length = lengthOf(value, napi_uint32_array);
  const auto* data =
      static_cast<const std::uint32_t*>(elements(value, napi_uint32_array, length, nameOf(key), untilCopied));
  std::vector<std::uint32_t> copy(data, data + length);
  for (const std::uint32_t index : copy) {
    if (index >= bound) refuse(nameOf(key), "indices below " + std::to_string(bound));
  }
  return copy;
}

}  // namespace gramian
