// `npm run lint`: types, lint and format, without building or testing.
import { runMain } from "./setup/step.mjs";
import { checkSources } from "./testing/source-checks.mjs";
import { Tally } from "./testing/tally.mjs";

await runMain(async () => {
  const tally = new Tally();
  await checkSources(tally);
  return tally.finish();
});
