// The one exception of the core: a stable code for programs and a sentence for people.
#pragma once

#include <stdexcept>
#include <string>

namespace gramian {

class CoreError : public std::runtime_error {
 public:
  // `code` is one of lib/errors.ts's codes and a string literal.
  CoreError(const char* code, const std::string& message) : std::runtime_error(message), code_(code) {}
  const char* code() const { return code_; }

 private:
  const char* code_;
};

// Thrown out of a unit of work when the job was cancelled. It never reaches a user: the façade rejects with the
// signal's reason.
class Cancelled : public std::exception {
 public:
  const char* what() const noexcept override { return "cancelled"; }
};

}  // namespace gramian
