// The loops for x86-64 processors with AVX-512 (F, DQ, BW, VL). See avx2.cpp for why the pragma stands where it does.
#include "body_includes.h"

#if defined(__x86_64__) && defined(__GNUC__)

#pragma GCC push_options
#pragma GCC target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma,prefer-vector-width=512")
#define GRAMIAN_ISA_NAMESPACE avx512
#define GRAMIAN_VECTOR_BYTES 64
#define GRAMIAN_STACK_ROWS 5
#include "body.h"
#pragma GCC pop_options

namespace gramian {
const Loops& avx512Loops() {
  static const Loops table = avx512::makeLoops("avx512");
  return table;
}
}  // namespace gramian

#endif
