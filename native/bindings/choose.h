// Reads a field that is one of a few words.
#pragma once

#include <cstddef>
#include <string>

#include "../boundary/read.h"

namespace gramian {

template <class Value>
struct Named {
  const char* name;
  Value value;
};

template <class Value, std::size_t count>
Value choose(const Fields& fields, const char* key, const Named<Value> (&choices)[count]) {
  const std::string given = fields.string(key);
  std::string names;
  for (const Named<Value>& choice : choices) {
    if (given == choice.name) return choice.value;
    names += (names.empty() ? "one of " : ", ") + std::string(choice.name);
  }
  refuse(fields.nameOf(key), names);
}

}  // namespace gramian
