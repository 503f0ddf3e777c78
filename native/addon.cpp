// The addon: its exports, and nothing else.
#include <napi.h>

#include "bindings/bindings.h"
#include "boundary/environment.h"
#include "boundary/error.h"
#include "core/blas.h"

namespace gramian {

namespace {

template <Napi::Value (*Body)(const Napi::CallbackInfo&)>
void add(Napi::Object exports, const char* name) {
  exports.Set(name, Napi::Function::New(exports.Env(), guarded<Body>, name));
}

}  // namespace

Napi::Object initialise(Napi::Env env, Napi::Object exports) {
  initialiseBlas();
  Environment::install(env);
  add<componentJob>(exports, "componentJob");
  add<crossKernelJob>(exports, "crossKernelJob");
  add<engineJob>(exports, "engineJob");
  add<factorJob>(exports, "factorJob");
  add<facts>(exports, "facts");
  add<factsJob>(exports, "factsJob");
  add<info>(exports, "info");
  add<matchingJob>(exports, "matchingJob");
  add<medianJob>(exports, "medianJob");
  add<neighbourPairsJob>(exports, "neighbourPairsJob");
  add<networkJob>(exports, "networkJob");
  add<pairSpectraJob>(exports, "pairSpectraJob");
  add<permutationJob>(exports, "permutationJob");
  add<productsJob>(exports, "productsJob");
  add<rankJob>(exports, "rankJob");
  add<stitchedRiskJob>(exports, "stitchedRiskJob");
  add<weightedJob>(exports, "weightedJob");
  return exports;
}

}  // namespace gramian

static Napi::Object Initialise(Napi::Env env, Napi::Object exports) { return gramian::initialise(env, exports); }

NODE_API_MODULE(NODE_GYP_MODULE_NAME, Initialise)
