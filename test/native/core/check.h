// A harness of a few lines: TEST registers, CHECK reports and goes on, and the binary fails when any CHECK did.
// To add a file: write TEST(...) { ... } blocks in test/native/core/NAME.cpp; the build takes every file in the folder.
#pragma once

#include <functional>
#include <sstream>
#include <string>
#include <vector>

namespace check {

struct Test {
  const char* name;
  void (*body)();
};

std::vector<Test>& tests();
void fail(const char* file, int line, const std::string& what);

struct Registration {
  Registration(const char* name, void (*body)()) { tests().push_back({name, body}); }
};

template <typename A, typename B>
void equal(const A& actual, const B& expected, const char* text, const char* file, int line) {
  if (actual == expected) return;
  std::ostringstream message;
  message << text << ": " << actual << " is not " << expected;
  fail(file, line, message.str());
}

}  // namespace check

#define CHECK_JOIN2(a, b) a##b
#define CHECK_JOIN(a, b) CHECK_JOIN2(a, b)
#define TEST(name)                                                                                         \
  static void CHECK_JOIN(test_, __LINE__)();                                                               \
  static const check::Registration CHECK_JOIN(registration_, __LINE__)(name, CHECK_JOIN(test_, __LINE__)); \
  static void CHECK_JOIN(test_, __LINE__)()

#define CHECK(condition) ((condition) ? void() : check::fail(__FILE__, __LINE__, #condition))
#define CHECK_EQUAL(actual, expected) check::equal((actual), (expected), #actual, __FILE__, __LINE__)
