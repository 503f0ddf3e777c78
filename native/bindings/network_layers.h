// The NativeLayers of lib/native.ts as the core sees them.
#pragma once

#include <cstddef>

#include "../boundary/pins.h"
#include "../boundary/read.h"
#include "../core/network/layer.h"

namespace gramian {

// A linear layer of the fields `weights` (outputs×inputs) and `bias` (outputs, or missing).
NetworkLayer readLinear(const Fields& fields, std::size_t inputs, std::size_t outputs, Pins& pins);

// The layers under `key`, the first of which takes `inputs` numbers.
NetworkLayers readLayers(const Fields& fields, const char* key, std::size_t inputs, Pins& pins);

// What the last of them gives.
std::size_t outputsOf(const NetworkLayers& layers, std::size_t inputs);

}  // namespace gramian
