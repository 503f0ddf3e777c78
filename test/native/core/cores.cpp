#include "pool/cores.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "check.h"

using gramian::availableCores;
using gramian::cgroupCores;

namespace {

// A cgroup file system of the test's own.
class Hierarchy {
 public:
  Hierarchy() {
    std::string name = (std::filesystem::temp_directory_path() / "gramian-cgroup-XXXXXX").string();
    root_ = mkdtemp(name.data());
  }
  ~Hierarchy() { std::filesystem::remove_all(root_); }
  void write(const std::string& path, const std::string& text) const {
    const auto full = root_ / path;
    std::filesystem::create_directories(full.parent_path());
    std::ofstream(full) << text;
  }
  std::size_t cores(const std::string& membership) const { return cgroupCores(root_.string(), membership); }

 private:
  std::filesystem::path root_;
};

}  // namespace

TEST("cores: at least one, and no more than the machine has") {
  CHECK(availableCores() >= 1);
  CHECK(availableCores() <= 4096);
}

TEST("cores: a version 2 quota counts, rounded down but never to nothing") {
  Hierarchy cgroup;
  cgroup.write("app/cpu.max", "350000 100000\n");
  CHECK_EQUAL(cgroup.cores("0::/app\n"), 3u);
  cgroup.write("app/cpu.max", "50000 100000\n");
  CHECK_EQUAL(cgroup.cores("0::/app\n"), 1u);
  cgroup.write("app/cpu.max", "max 100000\n");
  CHECK_EQUAL(cgroup.cores("0::/app\n"), 0u);
}

TEST("cores: the tightest of the groups above counts") {
  Hierarchy cgroup;
  cgroup.write("a/cpu.max", "200000 100000");
  cgroup.write("a/b/cpu.max", "800000 100000");
  cgroup.write("a/b/c/cpu.max", "max 100000");
  CHECK_EQUAL(cgroup.cores("0::/a/b/c\n"), 2u);
}

TEST("cores: inside a container the mount itself is the group") {
  Hierarchy cgroup;
  cgroup.write("cpu.max", "150000 50000");
  CHECK_EQUAL(cgroup.cores("0::/\n"), 3u);
  CHECK_EQUAL(cgroup.cores("0::/not/visible/from/here\n"), 3u);
}

TEST("cores: version 1, alone or named together with another controller") {
  Hierarchy cgroup;
  cgroup.write("cpu,cpuacct/app/cpu.cfs_quota_us", "400000");
  cgroup.write("cpu,cpuacct/app/cpu.cfs_period_us", "100000");
  CHECK_EQUAL(cgroup.cores("4:memory:/x\n3:cpu,cpuacct:/app\n"), 4u);
  cgroup.write("cpu/app/cpu.cfs_quota_us", "200000");
  cgroup.write("cpu/app/cpu.cfs_period_us", "100000");
  CHECK_EQUAL(cgroup.cores("3:cpu:/app\n"), 2u);
  cgroup.write("cpu/app/cpu.cfs_quota_us", "-1");
  CHECK_EQUAL(cgroup.cores("3:cpu:/app\n"), 0u);
}

TEST("cores: nonsense means no quota") {
  Hierarchy cgroup;
  cgroup.write("app/cpu.max", "what");
  CHECK_EQUAL(cgroup.cores(""), 0u);
  CHECK_EQUAL(cgroup.cores("0::/app"), 0u);
  CHECK_EQUAL(cgroup.cores("no colons at all\n::\n0::\n"), 0u);
}
