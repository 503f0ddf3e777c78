// The exported functions, one a file; lib/native.ts declares them to TypeScript.
#pragma once

#include <napi.h>

namespace gramian {

Napi::Value componentJob(const Napi::CallbackInfo& info);
Napi::Value crossKernelJob(const Napi::CallbackInfo& info);
Napi::Value engineJob(const Napi::CallbackInfo& info);
Napi::Value factorJob(const Napi::CallbackInfo& info);
Napi::Value facts(const Napi::CallbackInfo& info);
Napi::Value factsJob(const Napi::CallbackInfo& info);
Napi::Value info(const Napi::CallbackInfo& info);
Napi::Value matchingJob(const Napi::CallbackInfo& info);
Napi::Value medianJob(const Napi::CallbackInfo& info);
Napi::Value neighbourPairsJob(const Napi::CallbackInfo& info);
Napi::Value networkJob(const Napi::CallbackInfo& info);
Napi::Value pairSpectraJob(const Napi::CallbackInfo& info);
Napi::Value permutationJob(const Napi::CallbackInfo& info);
Napi::Value productsJob(const Napi::CallbackInfo& info);
Napi::Value rankJob(const Napi::CallbackInfo& info);
Napi::Value stitchedRiskJob(const Napi::CallbackInfo& info);
Napi::Value weightedJob(const Napi::CallbackInfo& info);

}  // namespace gramian
