// The checks that read sources only, for `npm run lint` and `npm test`.
import { checkCppFormat, checkFormat, checkLint, checkTypes } from "./checks.mjs";

/** Runs them one after the other, into the tally. */
export async function checkSources(tally) {
  await tally.check("types of lib", () => checkTypes("tsconfig.json"));
  await tally.check("types of the report's page", () => checkTypes("lib/report/page/tsconfig.json"));
  await tally.check("types of tests and benchmarks", () => checkTypes("tsconfig.test.json"));
  await tally.check("lint", checkLint);
  await tally.check("format", () => checkFormat());
  await tally.check("C++ format", () => checkCppFormat());
}
