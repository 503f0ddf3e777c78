// Builds the native side. Quick when nothing has changed; works offline.
import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";

import { inRoot, root } from "./setup/paths.mjs";
import { digest, isFresh, remember } from "./setup/stamp.mjs";

const help = `node scripts/build-native.mjs [FLAG…]
  (none)       the addon with cmake-js → build/cmake/Release/gramian.node
  --gyp        the addon with node-gyp → build/Release/gramian.node
  --sanitize   the core's own tests under AddressSanitizer and UndefinedBehaviorSanitizer, and runs them
  --force      builds even when nothing has changed`;

const jobs = String(availableParallelism());
const flags = process.argv.slice(2);
const force = flags.includes("--force");

function run(program, args) {
  const { status, error } = spawnSync(program, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

// Through npx, because node-gyp learns from npm's settings where Node's headers are.
const npx = (...args) => run("npx", ["--no-install", ...args]);

function printedBy(program, args) {
  const { status, stdout } = spawnSync(program, args, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) process.exit(status ?? 1);
  return stdout.trim();
}

/** Runs `build` unless `product` was made from the same sources, flags, Node and OpenBLAS. */
function make(name, product, ownFiles, build) {
  const link = printedBy(process.execPath, [inRoot("scripts", "find-blas.mjs"), "--link"]);
  const { CXX, CXXFLAGS, LDFLAGS } = process.env;
  const facts = [link, process.version, process.arch, { CXX, CXXFLAGS, LDFLAGS }];
  const value = digest(["native", "package-lock.json", "scripts/find-blas.mjs", ...ownFiles], facts);
  if (!force && isFresh(name, value, product)) {
    console.log(`up to date: ${product}`);
    return;
  }
  build();
  remember(name, value);
  console.log(`built: ${product}`);
}

function buildWithCmakeJs() {
  make("addon-cmake-js", "build/cmake/Release/gramian.node", ["CMakeLists.txt"], () =>
    npx("cmake-js", "build", "--out", join("build", "cmake"), "--parallel", jobs),
  );
}

function buildWithNodeGyp() {
  make("addon-node-gyp", "build/Release/gramian.node", ["binding.gyp"], () =>
    npx("node-gyp", "configure", "build", "--jobs", jobs),
  );
}

function testSanitized() {
  const folder = join("build", "sanitize");
  run("cmake", ["-S", ".", "-B", folder, "-DCMAKE_BUILD_TYPE=RelWithDebInfo", "-DGRAMIAN_SANITIZE=ON"]);
  run("cmake", ["--build", folder, "--parallel", jobs]);
  run(inRoot(folder, "core_tests"), []);
}

const actions = { "--gyp": buildWithNodeGyp, "--sanitize": testSanitized };
const chosen = flags.filter((flag) => flag !== "--force");
if (chosen.includes("--help")) {
  console.log(help);
  process.exit(0);
}
const unknown = chosen.find((flag) => !(flag in actions));
if (unknown !== undefined) {
  console.error(`Expected --gyp, --sanitize or --force but received ${unknown}.\n${help}`);
  process.exit(2);
}
if (chosen.length === 0) buildWithCmakeJs();
for (const flag of chosen) actions[flag]();
