// `npm run format`: prettier and clang-format, in place.
import { checkCppFormat, checkFormat } from "./testing/checks.mjs";
import { Tally } from "./testing/tally.mjs";
import { runMain } from "./setup/step.mjs";

await runMain(async () => {
  const tally = new Tally();
  await tally.check("prettier", () => checkFormat(true));
  await tally.check("clang-format", () => checkCppFormat(true));
  return tally.finish();
});
