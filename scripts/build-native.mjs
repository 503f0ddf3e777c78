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
  --sanitize-addon
               the addon under the same two and LeakSanitizer → build/sanitize-addon, and runs test/native/exercise.mjs on it
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

function exerciseSanitized() {
  const folder = join("build", "sanitize-addon");
  const product = join(folder, "RelWithDebInfo", "gramian.node");
  make("addon-sanitized", product, ["CMakeLists.txt"], () =>
    npx(
      "cmake-js",
      "build",
      "--config",
      "RelWithDebInfo",
      "--CDGRAMIAN_SANITIZE=ON",
      "--out",
      folder,
      "--parallel",
      jobs,
    ),
  );
  // Node was not built with the sanitizer, which has to be the first library of the process.
  const library = printedBy(process.env.CXX ?? "c++", ["-print-file-name=libasan.so"]);
  const runs = [
    // Node does not give back all its memory when it is ended in the middle; at its natural end it does.
    { what: "ended while busy", args: ["--end-busy"], leaks: 0 },
    { what: "natural end, leaks looked for", args: [], leaks: 1 },
  ];
  let passed = 0;
  let failed = 0;
  for (const { what, args, leaks } of runs) {
    console.log(`exercise: ${what}`);
    const { status, stdout } = spawnSync(process.execPath, [inRoot("test", "native", "exercise.mjs"), ...args], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...process.env,
        GRAMIAN_NATIVE: inRoot(product),
        LD_PRELOAD: library,
        ASAN_OPTIONS: `detect_leaks=${leaks}`,
        UBSAN_OPTIONS: "print_stacktrace=1",
      },
    });
    process.stdout.write(stdout);
    const counts = stdout.match(/^(\d+) passed, (\d+) failed$/m);
    passed += Number(counts?.[1] ?? 0);
    failed += Number(counts?.[2] ?? 0);
    // What a sanitizer finds ends the process with a code of its own, perhaps after the counts.
    if (status !== 0 && (counts === null || counts[2] === "0")) failed++;
  }
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0) process.exit(1);
}

const actions = { "--gyp": buildWithNodeGyp, "--sanitize": testSanitized, "--sanitize-addon": exerciseSanitized };
const chosen = flags.filter((flag) => flag !== "--force");
if (chosen.includes("--help")) {
  console.log(help);
  process.exit(0);
}
const unknown = chosen.find((flag) => !(flag in actions));
if (unknown !== undefined) {
  console.error(`Expected --gyp, --sanitize, --sanitize-addon or --force but received ${unknown}.\n${help}`);
  process.exit(2);
}
if (chosen.length === 0) buildWithCmakeJs();
for (const flag of chosen) actions[flag]();
