#include "cores.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <sstream>
#include <thread>

#if defined(__linux__)
#include <sched.h>
#elif defined(_WIN32)
#include <windows.h>

#include <bitset>
#endif

namespace gramian {

namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();

std::string slurp(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// "200000 100000" or "max 100000"
double quotaOfVersion2(const std::string& group) {
  std::istringstream text(slurp(group + "/cpu.max"));
  double quota = 0, period = 0;
  return text >> quota >> period && quota > 0 && period > 0 ? quota / period : unlimited;
}

// A quota of −1 means none.
double quotaOfVersion1(const std::string& group) {
  std::istringstream quotaText(slurp(group + "/cpu.cfs_quota_us")), periodText(slurp(group + "/cpu.cfs_period_us"));
  double quota = 0, period = 0;
  return quotaText >> quota && periodText >> period && quota > 0 && period > 0 ? quota / period : unlimited;
}

// The tightest quota from `path` up to the root of the hierarchy. Inside a container the path may not exist below the
// mount; the walk then finds only the mount itself, which is the container's own group.
template <typename Quota>
double tightest(const std::string& hierarchy, const std::string& path, Quota quota) {
  double least = quota(hierarchy);
  for (std::size_t end = path.size(); end != std::string::npos && end > 0; end = path.rfind('/', end - 1)) {
    least = std::min(least, quota(hierarchy + path.substr(0, end)));
  }
  return least;
}

bool lists(const std::string& controllers, const std::string& wanted) {
  std::istringstream names(controllers);
  for (std::string name; std::getline(names, name, ',');) {
    if (name == wanted) return true;
  }
  return false;
}

std::size_t affinityCores() {
#if defined(__linux__)
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return static_cast<std::size_t>(CPU_COUNT(&allowed));
#elif defined(_WIN32)
  DWORD_PTR process = 0, system = 0;
  if (GetProcessAffinityMask(GetCurrentProcess(), &process, &system)) return std::bitset<64>(process).count();
#endif
  return std::thread::hardware_concurrency();
}

}  // namespace

std::size_t cgroupCores(const std::string& mount, const std::string& membership) {
  double least = unlimited;
  std::istringstream lines(membership);
  for (std::string line; std::getline(lines, line);) {  // hierarchy:controllers:path
    const std::size_t first = line.find(':'), second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1), path = line.substr(second + 1);
    if (controllers.empty()) least = std::min(least, tightest(mount, path, quotaOfVersion2));
    if (!lists(controllers, "cpu")) continue;
    least = std::min(least, tightest(mount + "/cpu", path, quotaOfVersion1));
    least = std::min(least, tightest(mount + "/" + controllers, path, quotaOfVersion1));
  }
  return least == unlimited ? 0 : std::max<std::size_t>(1, static_cast<std::size_t>(least));
}

std::size_t availableCores() {
  std::size_t cores = std::max<std::size_t>(1, affinityCores());
#if defined(__linux__)
  const std::size_t quota = cgroupCores("/sys/fs/cgroup", slurp("/proc/self/cgroup"));
  if (quota > 0) cores = std::min(cores, quota);
#endif
  return cores;
}

}  // namespace gramian
