// `npm run build`: the set-up, and nothing after it.
import { prepare } from "./setup/prepare.mjs";
import { runMain } from "./setup/step.mjs";

await runMain(async () => {
  console.log("gramian: build");
  await prepare();
});
