// info: what the addon found of its BLAS, of the instruction set and of the cores.
#include "../core/blas.h"
#include "../core/pool/cores.h"
#include "../core/simd/loops.h"
#include "bindings.h"

namespace gramian {

// What the addon found: its BLAS, its own inner loops, the cores that it may use.
Napi::Value info(const Napi::CallbackInfo& call) {
  const Napi::Env env = call.Env();
  const BlasInfo found = blasInfo();
  Napi::Object blas = Napi::Object::New(env);
  blas.Set("config", found.config);
  blas.Set("core", found.core);
  blas.Set("parallel", found.parallel);
  blas.Set("threads", found.threads);
  Napi::Object result = Napi::Object::New(env);
  result.Set("blas", blas);
  result.Set("instructionSet", loops().name);
  result.Set("cores", static_cast<double>(availableCores()));
  return result;
}

}  // namespace gramian
