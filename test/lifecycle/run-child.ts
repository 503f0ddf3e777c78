import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { addonCandidates } from "../../lib/addon-candidates.ts";

/** The addon that this run tests. */
export const addonPath = [...addonCandidates()].find((path) => existsSync(path)) ?? "";

export interface ChildEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

/** Runs children/NAME.mjs to its end; one that hangs is killed after 40 s, which its `signal` then tells. */
export function runChild(
  name: string,
  args: readonly (string | number)[] = [],
  flags: string[] = [],
): Promise<ChildEnd> {
  const script = fileURLToPath(new URL(`children/${name}.mjs`, import.meta.url));
  const start = performance.now();
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [...flags, script, ...args.map(String)],
      { env: { ...process.env, GRAMIAN_NATIVE: addonPath, NODE_OPTIONS: "" }, timeout: 40_000, killSignal: "SIGKILL" },
      (_error, stdout, stderr) =>
        resolve({ code: child.exitCode, signal: child.signalCode, stdout, stderr, ms: performance.now() - start }),
    );
  });
}
