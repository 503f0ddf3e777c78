// Step: lib/ compiled to dist/.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";

import { must } from "./command.mjs";
import { inRoot } from "./paths.mjs";
import { digest, isFresh, remember } from "./stamp.mjs";

/** What renamed and deleted sources left in dist/ must not be found by an import any more. */
function removeOrphans() {
  for (const entry of readdirSync(inRoot("dist"), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const source = inRoot("lib", relative(inRoot("dist"), path).replace(/(\.d\.ts|\.js)(\.map)?$/, ".ts"));
    if (!existsSync(source)) rmSync(path);
  }
}

/** Compiles when a source, the settings or the compiler's version changed. */
export async function ensureTypeScript(say) {
  const compiler = JSON.parse(readFileSync(inRoot("node_modules", "typescript", "package.json"), "utf8")).version;
  const value = digest(["lib", "tsconfig.json"], [compiler]);
  if (isFresh("typescript", value, "dist/index.js")) return "up to date: dist/";
  say("compiling lib/ to dist/");
  await must("tsc", process.execPath, [inRoot("node_modules", "typescript", "bin", "tsc"), "-p", "tsconfig.json"]);
  removeOrphans();
  remember("typescript", value);
  return "done";
}
