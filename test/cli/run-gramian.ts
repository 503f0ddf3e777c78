import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import path from "node:path";

/** The built command: what a user runs, not the source. `npm test` builds it before. */
export const command: string = path.resolve(import.meta.dirname, "../../dist/cli/main.js");

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called once, with the child: to send it signals. */
  readonly onStart?: (child: ChildProcess) => void;
}

/** Runs `gramian` with pipes for standard streams and an environment without colours or sizes. */
export function runGramian(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return run(process.execPath, [command, ...args], options);
}

/** Runs any program to its end. */
export function run(file: string, args: readonly string[], { cwd, env, onStart }: RunOptions = {}): Promise<Outcome> {
  // Node shows no colours where CI is set.
  const { CI: _ci, FORCE_COLOR: _force, NO_COLOR: _none, COLUMNS: _columns, ...inherited } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env: { ...inherited, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
    onStart?.(child);
  });
}
