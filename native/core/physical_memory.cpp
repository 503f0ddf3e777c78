#include "physical_memory.h"

#include <cstdint>
#include <initializer_list>
#include <new>

#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
#endif

namespace gramian {

std::size_t physicalMemory() {
#if defined(_SC_PHYS_PAGES) && defined(_SC_PAGESIZE)
  const long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
  if (pages > 0 && size > 0) return static_cast<std::size_t>(pages) * static_cast<std::size_t>(size);
#endif
  return SIZE_MAX;
}

void demandMemory(std::size_t first, std::size_t second, std::size_t third) {
  std::size_t left = physicalMemory();
  for (const std::size_t factor : {first, second, third}) {
    if (factor == 0) return;
    left /= factor;
  }
  if (left == 0) throw std::bad_alloc();
}

}  // namespace gramian
