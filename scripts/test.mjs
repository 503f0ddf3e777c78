// `npm test`: the set-up, then every check and every test. The last line is `N passed, N failed`.
import { ensureAddon, gypAddon } from "./setup/addon.mjs";
import { ensureChromium } from "./setup/chromium.mjs";
import { prepare } from "./setup/prepare.mjs";
import { ensurePython } from "./setup/toolchain.mjs";
import { runMain, step } from "./setup/step.mjs";
import { checkCppFormat, checkFormat, checkLint, checkTypes } from "./testing/checks.mjs";
import { runCoreTests } from "./testing/core.mjs";
import { Tally } from "./testing/tally.mjs";
import { runVitest } from "./testing/vitest.mjs";

// What touches the addon; the rest cannot differ between the two builds of it.
const onBothBuilds = ["test/native", "test/lifecycle", "test/property", "test/reference"];

await runMain(async () => {
  console.log("gramian: set-up");
  await prepare();
  await step("python", ensurePython);
  await step("addon-gyp", (say) => ensureAddon(say, "node-gyp"));
  let chromium;
  await step("chromium", async (say) => (chromium = await ensureChromium(say)));

  const tally = new Tally();
  console.log("\ngramian: checks");
  await tally.check("types of lib", () => checkTypes("tsconfig.json"));
  await tally.check("types of tests and benchmarks", () => checkTypes("tsconfig.test.json"));
  await tally.check("lint", checkLint);
  await tally.check("format", () => checkFormat());
  await tally.check("C++ format", () => checkCppFormat());
  await tally.check("C++ core under ASan and UBSan", runCoreTests);

  console.log("\ngramian: tests");
  const env = { GRAMIAN_CHROMIUM: chromium, CI: "true" };
  await tally.check("tests", () => runVitest("cmake-js", { env, seconds: 900 }));
  console.log(`\ngramian: tests on the node-gyp build`);
  await tally.check("tests on the node-gyp build", () =>
    runVitest("node-gyp", { env: { ...env, GRAMIAN_NATIVE: gypAddon }, filters: onBothBuilds, seconds: 600 }),
  );
  return tally.finish();
});
