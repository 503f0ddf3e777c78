// Runs a work to its end on threads of its own, without the pool.
#pragma once

#include <atomic>
#include <thread>
#include <vector>

#include "pool/work.h"

inline void runWork(gramian::Work& work, std::size_t threads) {
  for (std::size_t phase = 0; phase < work.phases(); ++phase) {
    std::atomic<std::size_t> next{0};
    std::vector<std::thread> running;
    for (std::size_t slot = 0; slot < threads; ++slot) {
      running.emplace_back([&, slot] {
        for (std::size_t unit = next++; unit < work.units(phase); unit = next++) work.run(phase, unit, slot);
      });
    }
    for (std::thread& thread : running) thread.join();
  }
  work.finish();
}
