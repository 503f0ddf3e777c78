// How a piece of work ended.
#pragma once

#include <exception>
#include <string>

namespace gramian {

struct Outcome {
  enum class Kind { finished, cancelled, failed };
  Kind kind = Kind::finished;
  std::string code, message;  // of a failure; the codes are those of error.h
};

// What an exception means to whoever waits for the work.
Outcome outcomeOf(const std::exception_ptr& exception);

}  // namespace gramian
