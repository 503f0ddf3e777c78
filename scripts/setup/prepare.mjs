// The set-up that the demo, the build and the tests share.
import { ensureAddon } from "./addon.mjs";
import { checkNode } from "./node.mjs";
import { ensureOpenBlas } from "./openblas.mjs";
import { ensurePackages } from "./packages.mjs";
import { step } from "./step.mjs";
import { ensureToolchain } from "./toolchain.mjs";
import { ensureTypeScript } from "./typescript.mjs";

/** Brings a clone to the point where the command and the tests run. Quick when nothing is missing. */
export async function prepare() {
  await step("node", checkNode);
  await step("packages", ensurePackages);
  await step("toolchain", ensureToolchain);
  await step("openblas", ensureOpenBlas);
  await step("addon", (say) => ensureAddon(say, "cmake-js"));
  await step("typescript", ensureTypeScript);
}
