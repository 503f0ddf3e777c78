// Runs every test, or those whose name contains the first argument.
#include <cstdio>
#include <cstring>
#include <exception>

#include "blas.h"
#include "check.h"

namespace check {

namespace {
int failures = 0;
}

std::vector<Test>& tests() {
  static std::vector<Test> all;
  return all;
}

void fail(const char* file, int line, const std::string& what) {
  ++failures;
  std::fprintf(stderr, "%s:%d: %s\n", file, line, what.c_str());
}

}  // namespace check

int main(int count, char** arguments) {
  gramian::initialiseBlas();
  int passed = 0, failed = 0;
  for (const check::Test& test : check::tests()) {
    if (count > 1 && !std::strstr(test.name, arguments[1])) continue;
    const int before = check::failures;
    try {
      test.body();
    } catch (const std::exception& error) {
      check::fail(test.name, 0, error.what());
    }
    const bool ok = check::failures == before;
    std::printf("%s %s\n", ok ? "ok" : "FAILED", test.name);
    (ok ? passed : failed) += 1;
  }
  std::printf("%d passed, %d failed\n", passed, failed);
  return failed == 0 && passed > 0 ? 0 : 1;
}
