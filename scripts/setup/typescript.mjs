// Step: lib/ compiled to dist/.
import { readdirSync, readFileSync, rmSync } from "node:fs";

import { must } from "./command.mjs";
import { inRoot } from "./paths.mjs";
import { digest, isFresh, remember } from "./stamp.mjs";

/** Compiles when a source, the settings or the compiler's version changed. */
export async function ensureTypeScript(say) {
  const compiler = JSON.parse(readFileSync(inRoot("node_modules", "typescript", "package.json"), "utf8")).version;
  const value = digest(["lib", "tsconfig.json"], [compiler]);
  if (isFresh("typescript", value, "dist/index.js")) return "dist/ is up to date";
  say("compiling lib/ to dist/");
  // What a renamed source left behind must not be found by an import any more.
  rmSync(inRoot("dist"), { recursive: true, force: true });
  await must("tsc", process.execPath, [inRoot("node_modules", "typescript", "bin", "tsc"), "-p", "tsconfig.json"]);
  remember("typescript", value);
  return `${readdirSync(inRoot("dist"), { recursive: true }).filter((name) => name.endsWith(".js")).length} modules`;
}
