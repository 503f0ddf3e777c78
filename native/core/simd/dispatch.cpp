// Chooses the table of inner loops, once, by what the processor has.
#include <cstdlib>
#include <cstring>

#include "loops.h"

namespace gramian {

namespace {

const Loops& choose() {
  const char* wanted = std::getenv("GRAMIAN_ISA");
  int ceiling = 2;
  if (wanted && std::strcmp(wanted, "baseline") == 0) ceiling = 0;
  if (wanted && std::strcmp(wanted, "avx2") == 0) ceiling = 1;
#if defined(__x86_64__) && defined(__GNUC__)
  __builtin_cpu_init();
  if (ceiling >= 2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")) {
    return avx512Loops();
  }
  if (ceiling >= 1 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return avx2Loops();
#endif
  (void)ceiling;
  return baselineLoops();
}

}  // namespace

const Loops& loops() {
  static const Loops& chosen = choose();
  return chosen;
}

}  // namespace gramian
