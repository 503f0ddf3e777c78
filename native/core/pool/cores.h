// How many cores this process may use: the affinity mask and the cgroup's CPU quota count, not only what the machine
// has.
#pragma once

#include <cstddef>
#include <string>

namespace gramian {

// At least 1. Asked anew at each call: both limits may change while a process runs.
std::size_t availableCores();

// The CPU quota of a cgroup and of all those above it, in whole cores rounded down (never below 1); 0 when there is
// none. Rounded down because a process that exceeds its quota is halted as a whole, event loop included. `mount` is
// where the hierarchies are (/sys/fs/cgroup), `membership` the text of /proc/self/cgroup.
std::size_t cgroupCores(const std::string& mount, const std::string& membership);

}  // namespace gramian
