// Step: the npm packages, exactly as package-lock.json has them.
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";

import { must } from "./command.mjs";
import { inRoot } from "./paths.mjs";

const readLock = (path) => JSON.parse(readFileSync(path, "utf8")).packages;

/** True when every package of the lock file is installed at its version. Optional ones are for other platforms and may be absent. */
export function packagesInstalled() {
  const installedLock = inRoot("node_modules", ".package-lock.json");
  if (!existsSync(installedLock)) return false;
  const installed = readLock(installedLock);
  return Object.entries(readLock(inRoot("package-lock.json"))).every(([path, wanted]) => {
    if (path === "") return true;
    const found = installed[path];
    if (!found) return wanted.optional === true;
    return found.version === wanted.version && existsSync(inRoot(path, "package.json"));
  });
}

/** How to start npm: the very npm that runs this script when there is one. Returns program, leading arguments and whether a shell is needed. */
function npmCommand() {
  const path = process.env.npm_execpath;
  if (path && basename(path) === "npm-cli.js") return [process.execPath, [path], false];
  return ["npm", [], process.platform === "win32"];
}

/** Runs `npm ci` when something is missing or of another version. */
export async function ensurePackages(say) {
  if (packagesInstalled()) return "as package-lock.json has them";
  say("installing with npm ci");
  const [program, leading, shell] = npmCommand();
  await must("npm-ci", program, [...leading, "ci", "--no-audit", "--no-fund"], { shell });
  return "done";
}
