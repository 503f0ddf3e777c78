// What runs under AddressSanitizer and UndefinedBehaviorSanitizer: the core's own tests, and the addon inside Node.
import { run } from "../setup/command.mjs";
import { inRoot } from "../setup/paths.mjs";

/** Builds and runs; the last line of counts is the total, and a sanitizer's abort of a C++ program prints none. */
async function runSanitized(flag) {
  const { code, output } = await run(process.execPath, [inRoot("scripts", "build-native.mjs"), flag], { timeout: 600 });
  const counts = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  if (!counts) return { passed: 0, failed: 1, details: output };
  return { passed: Number(counts[1]), failed: Number(counts[2]), crashed: code !== 0, details: output };
}

/** The C++ program of test/native/core. */
export const runCoreTests = () => runSanitized("--sanitize");

/** test/native/exercise.mjs on an addon built for it; leaks are looked for as well. */
export const exerciseAddon = () => runSanitized("--sanitize-addon");
