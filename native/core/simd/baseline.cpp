// The loops for any processor that the compiler's defaults allow.
#include "body_includes.h"

#define GRAMIAN_ISA_NAMESPACE baseline
#define GRAMIAN_VECTOR_BYTES 16
#define GRAMIAN_STACK_ROWS 3
#include "body.h"

namespace gramian {
const Loops& baselineLoops() {
  static const Loops table = baseline::makeLoops("baseline");
  return table;
}
}  // namespace gramian
