// What the engine is asked for, as lib/native.ts's NativeEngineSpec says it.
#pragma once

#include "../boundary/pins.h"
#include "../boundary/read.h"
#include "../core/engine/spec.h"

namespace gramian {

// Refuses whatever would make the engine read or write beyond its arrays; pins the arrays that it will read.
EngineSpec readEngineSpec(const Fields& fields, Pins& pins);

}  // namespace gramian
