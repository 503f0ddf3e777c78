// How much memory the machine has: a system that promises more than that ends the process when the promise is used.
#pragma once

#include <cstddef>

namespace gramian {

// In bytes; SIZE_MAX where it cannot be found.
std::size_t physicalMemory();

// Throws OUT_OF_MEMORY unless `first`·`second`·`third` bytes could be there.
void demandMemory(std::size_t first, std::size_t second, std::size_t third);

}  // namespace gramian
