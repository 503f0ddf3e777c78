import { existsSync } from "node:fs";
import { toNamespacedPath } from "node:path";

import { addonCandidates } from "./addon-candidates.ts";
import { SystemError } from "./errors.ts";
import type { Native } from "./native.ts";

const build = "`npm run build:native` in the package's folder";

const installOpenBlas =
  "Install OpenBLAS: Debian and Ubuntu `apt-get install libopenblas0`, Fedora `dnf install openblas`, " +
  "Alpine `apk add openblas`, Arch `pacman -S openblas`, macOS `brew install openblas`, " +
  "Windows `vcpkg install openblas` or, in MSYS2, `pacman -S mingw-w64-x86_64-openblas`.";

/** What to do about a loader's complaint. */
function remedyFor(complaint: string): string {
  if (/openblas/i.test(complaint)) return installOpenBlas;
  if (
    /GLIBC|CXXABI|invalid ELF|wrong ELF|wrong architecture|incompatible architecture|not a valid Win32/i.test(complaint)
  )
    return `It was built for another system; build it for this one with ${build}.`;
  if (/file too short|truncated|self-register|undefined symbol|symbol not found/i.test(complaint))
    return `The build is incomplete or too old; build it again with ${build}.`;
  if (/permission denied/i.test(complaint)) return "This user may not read the file; see to its rights.";
  return `Build it again with ${build}.`;
}

/** Not by `require`, which would run or parse whatever is not called .node. */
function open(path: string): Native {
  const module: { exports: Partial<Native> } = { exports: {} };
  process.dlopen(module, toNamespacedPath(path));
  if (typeof module.exports.engineJob !== "function") throw new Error("It is another package's addon");
  return module.exports as Native;
}

/** Loads the addon, or throws a `SystemError` with code `NATIVE_LOAD` that lists every file tried and what to do about each. */
export function loadNative(): Native {
  const tried: string[] = [];
  let cause: unknown;
  for (const path of addonCandidates()) {
    if (!existsSync(path)) {
      tried.push(`${path}: no such file. Build it with ${build}.`);
      continue;
    }
    try {
      return open(path);
    } catch (error) {
      cause ??= error;
      const complaint = error instanceof Error ? error.message : String(error);
      tried.push(`${path}: ${complaint}. ${remedyFor(complaint)}`);
    }
  }
  const list = tried.map((line) => `\n  ${line}`).join("");
  throw new SystemError(
    "NATIVE_LOAD",
    `The native addon of gramian could not be loaded. Tried:${list}`,
    { tried },
    { cause },
  );
}
