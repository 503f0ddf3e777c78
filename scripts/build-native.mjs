// Builds the native side. Quick when nothing has changed.
//   (no flag)    the addon with cmake-js     → build/cmake/Release/gramian.node
//   --gyp        the addon with node-gyp     → build/Release/gramian.node
//   --sanitize   the core's tests under AddressSanitizer and UndefinedBehaviorSanitizer, and runs them
import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const inRoot = (...parts) => join(root, ...parts);
const jobs = String(availableParallelism());

function newest(path) {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Whether a build's product is younger than all that it is made from. */
function upToDate(product, inputs) {
  const built = statSync(product, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return built > 0 && inputs.every((input) => newest(inRoot(input)) < built);
}

function run(program, args) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

// Through npx, because node-gyp learns from npm's settings where Node's headers are.
const npx = (...args) => run("npx", ["--no-install", ...args]);

function buildWithCmakeJs() {
  const product = inRoot("build", "cmake", "Release", "gramian.node");
  if (upToDate(product, ["native", "CMakeLists.txt", "package.json", "scripts/find-blas.mjs"])) return console.log(`up to date: ${product}`);
  npx("cmake-js", "build", "--out", inRoot("build", "cmake"), "--parallel", jobs);
  console.log(product);
}

function buildWithNodeGyp() {
  const product = inRoot("build", "Release", "gramian.node");
  if (upToDate(product, ["native", "binding.gyp", "package.json", "scripts/find-blas.mjs"])) return console.log(`up to date: ${product}`);
  npx("node-gyp", "configure", "build", "--jobs", jobs);
  console.log(product);
}

function testSanitized() {
  const folder = inRoot("build", "sanitize");
  run("cmake", ["-S", root, "-B", folder, "-DCMAKE_BUILD_TYPE=RelWithDebInfo", "-DGRAMIAN_SANITIZE=ON", "-DGRAMIAN_CORE_TESTS=ON"]);
  run("cmake", ["--build", folder, "--parallel", jobs]);
  run(join(folder, "core_tests"), []);
}

const flags = process.argv.slice(2);
const actions = { "--gyp": buildWithNodeGyp, "--sanitize": testSanitized };
const unknown = flags.find((flag) => !(flag in actions));
if (unknown !== undefined) {
  console.error(`Expected --gyp or --sanitize but received ${unknown}.`);
  process.exit(2);
}
if (flags.length === 0) buildWithCmakeJs();
for (const flag of flags) actions[flag]();
