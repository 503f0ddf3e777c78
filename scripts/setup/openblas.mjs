// Step: OpenBLAS, found as the builds find it.
import { run } from "./command.mjs";
import { openblasPackages } from "./openblas-packages.mjs";
import { inRoot } from "./paths.mjs";
import { SetupError } from "./step.mjs";
import { installSystemPackages } from "./system.mjs";

const search = () => run(process.execPath, [inRoot("scripts", "find-blas.mjs")]);

/** Installs OpenBLAS when the search of the builds does not find it. */
export async function ensureOpenBlas(say) {
  let found = await search();
  if (found.code !== 0) {
    await installSystemPackages("OpenBLAS", openblasPackages, say);
    found = await search();
    if (found.code !== 0) throw new SetupError(`OpenBLAS was installed but is not found:\n${found.output.trimEnd()}`);
  }
  return found.output.trim().split("\n")[0];
}
