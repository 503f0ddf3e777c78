// `npm run lint`: types, lint and format, without building or testing.
import { checkCppFormat, checkFormat, checkLint, checkTypes } from "./testing/checks.mjs";
import { Tally } from "./testing/tally.mjs";
import { runMain } from "./setup/step.mjs";

/** The checks that read sources only, under the names that `npm test` prints. */
await runMain(async () => {
  const tally = new Tally();
  await tally.check("types of lib", () => checkTypes("tsconfig.json"));
  await tally.check("types of tests and benchmarks", () => checkTypes("tsconfig.test.json"));
  await tally.check("lint", checkLint);
  await tally.check("format", () => checkFormat());
  await tally.check("C++ format", () => checkCppFormat());
  return tally.finish();
});
