// What the engine is asked for, as lib/native.ts's NativeEngineSpec says it.
#pragma once

#include <vector>

#include "../boundary/pins.h"
#include "../boundary/read.h"
#include "../core/engine/spec.h"

namespace gramian {

// Refuses whatever would make the engine read or write beyond its arrays; pins the arrays that it will read.
EngineSpec readEngineSpec(const Fields& fields, Pins& pins);

// One source of so many samples, and one operator's map on a source of this kind (`source` and `group` are not read).
SourceSpec readSource(const Fields& fields, std::size_t samples, Pins& pins);
OperatorSpec readMap(const Fields& fields, SourceSpec::Kind kind);

// The fields `sources` and `operators` of any specification; either may be empty.
std::vector<SourceSpec> readSources(const Fields& fields, std::size_t samples, Pins& pins);
std::vector<OperatorSpec> readOperators(const Fields& fields, const std::vector<SourceSpec>& sources);

}  // namespace gramian
