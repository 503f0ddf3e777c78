import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { SystemError } from "./errors.ts";
import type { Native } from "./native.ts";

/** Both lib/ and dist/ lie one below the package. */
const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where an addon may be, the first that is there wins: cmake-js's build, then node-gyp's. `GRAMIAN_NATIVE` names another. */
function candidates(): string[] {
  const named = process.env["GRAMIAN_NATIVE"];
  if (named !== undefined && named !== "") return [named];
  return [join(root, "build", "cmake", "Release", "gramian.node"), join(root, "build", "Release", "gramian.node")];
}

function remedyFor(message: string): string {
  if (/libopenblas|openblas/i.test(message)) {
    return (
      "OpenBLAS is missing: install it (Debian and Ubuntu: apt-get install libopenblas0; Fedora: dnf install openblas; " +
      "Alpine: apk add openblas; macOS: brew install openblas)."
    );
  }
  if (/GLIBC|GLIBCXX|invalid ELF|wrong architecture|not a valid Win32|Module did not self-register/i.test(message)) {
    return "It was built for another system: build it again with `npm run build:native`.";
  }
  return "Build it again with `npm run build:native`.";
}

/** Loads the addon. */
export function loadNative(): Native {
  const require = createRequire(import.meta.url);
  const tried: string[] = [];
  for (const path of candidates()) {
    if (!existsSync(path)) {
      tried.push(`${path}: not there. Build it with \`npm run build:native\` in the package's folder.`);
      continue;
    }
    try {
      return require(path) as Native;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      tried.push(`${path}: ${message}. ${remedyFor(message)}`);
    }
  }
  throw new SystemError("NATIVE_LOAD", `gramian's native addon could not be loaded. Tried:\n${tried.map((line) => `  ${line}`).join("\n")}`, {
    tried,
  });
}
