// `npm test`: the set-up, then every check and every test. The last line is `N passed, N failed`.
import { ensureAddon, gypAddon } from "./setup/addon.mjs";
import { ensureChromium, findChromium } from "./setup/chromium.mjs";
import { prepare } from "./setup/prepare.mjs";
import { runMain, SetupError, step } from "./setup/step.mjs";
import { ensurePython } from "./setup/toolchain.mjs";
import { exerciseAddon, runCoreTests } from "./testing/core.mjs";
import { checkSources } from "./testing/source-checks.mjs";
import { Tally } from "./testing/tally.mjs";
import { runVitest } from "./testing/vitest.mjs";

// About documents, files and pages rather than the addon: running them on one of its two builds is enough.
const withoutAddon = [
  "test/house",
  "test/docs",
  "test/io",
  "test/kernels",
  "test/report",
  "test/tensor-like",
  "test/twin",
];

async function setUp() {
  console.log("gramian: set-up");
  await prepare();
  await step("python", ensurePython);
  await step("addon-gyp", (say) => ensureAddon(say, "node-gyp"));
  await step("chromium", ensureChromium);
}

await runMain(async () => {
  const tally = new Tally();
  try {
    await setUp();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    // Nothing ran, and whoever counts must not take that for nothing failed.
    console.log(`\n${error.message}`);
    tally.add("set-up", { passed: 0, failed: 1 });
    return tally.finish();
  }
  console.log("\ngramian: checks");
  await checkSources(tally);
  await tally.check("C++ core under ASan and UBSan", runCoreTests);
  await tally.check("addon under ASan, UBSan and LSan", exerciseAddon);

  console.log("\ngramian: tests on the cmake-js build");
  const env = { GRAMIAN_CHROMIUM: findChromium(), CI: "true" };
  await tally.check("tests", () => runVitest("cmake-js", { env, seconds: 1800 }));
  console.log("\ngramian: tests on the node-gyp build");
  await tally.check("tests on the node-gyp build", () =>
    runVitest("node-gyp", {
      env: { ...env, GRAMIAN_NATIVE: gypAddon },
      args: withoutAddon.flatMap((folder) => ["--exclude", `${folder}/**`]),
      seconds: 1200,
    }),
  );
  console.log("\ngramian: numbers on narrower instruction sets");
  // The processor of the machine picks one set of inner loops; these are the others, where it has them.
  for (const isa of ["baseline", "avx2"]) {
    await tally.check(`numbers with ${isa} loops`, () =>
      runVitest(isa, { env: { ...env, GRAMIAN_ISA: isa }, filters: ["test/reference", "test/property"], seconds: 900 }),
    );
  }
  return tally.finish();
});
