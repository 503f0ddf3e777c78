// The loops for x86-64 processors with AVX2 and FMA. The pragma comes after the standard headers, so that none of their
// inline functions are compiled for this instruction set and then picked by the linker for everybody.
#include "body_includes.h"

#if defined(__x86_64__) && defined(__GNUC__)

#pragma GCC push_options
#pragma GCC target("avx2,fma")
#define GRAMIAN_ISA_NAMESPACE avx2
#define GRAMIAN_VECTOR_BYTES 32
#define GRAMIAN_STACK_ROWS 3
#include "body.h"
#pragma GCC pop_options

namespace gramian {
const Loops& avx2Loops() {
  static const Loops table = avx2::makeLoops("avx2");
  return table;
}
}  // namespace gramian

#endif
