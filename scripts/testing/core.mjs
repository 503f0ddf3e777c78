// The core's own tests, a C++ program under AddressSanitizer and UndefinedBehaviorSanitizer.
import { run } from "../setup/command.mjs";
import { inRoot } from "../setup/paths.mjs";

/** Builds and runs them; their counts are the last line that they print, and a sanitizer's abort prints none. */
export async function runCoreTests() {
  const { code, output } = await run(process.execPath, [inRoot("scripts", "build-native.mjs"), "--sanitize"], {
    timeout: 600,
  });
  const counts = output.match(/^(\d+) passed, (\d+) failed$/m);
  if (!counts) return { passed: 0, failed: 1, details: output };
  return { passed: Number(counts[1]), failed: Number(counts[2]), crashed: code !== 0, details: output };
}
