// Running other programs: their output kept in a log and shown only when they fail.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { cache, root } from "./paths.mjs";
import { SetupError } from "./step.mjs";

const lastLines = (text, count) => text.trimEnd().split("\n").slice(-count).join("\n");

/**
 * Runs a program to its end and resolves to `{code, output}`, output being stdout and stderr as they came. `code` is null when a
 * signal or the time limit ended it; `error` is set when it could not be started.
 */
export function run(program, args, { env = {}, cwd = root, show = false, timeout = 0, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      shell,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      // Its own group, so that a time limit ends its children with it.
      detached: timeout > 0 && process.platform !== "win32",
    });
    let output = "";
    let late = false;
    const take = (chunk) => {
      output += chunk;
      if (show) process.stdout.write(chunk);
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    const timer =
      timeout > 0 &&
      setTimeout(() => {
        late = true;
        if (process.platform === "win32") child.kill();
        else process.kill(-child.pid, "SIGKILL");
      }, timeout * 1000);
    const end = (code, error) => {
      if (timer) clearTimeout(timer);
      if (late) take(`\n${basename(program)} was ended after ${timeout} s\n`);
      resolve({ code: late ? null : code, output, error });
    };
    child.on("error", (error) => end(null, error));
    child.on("close", (code) => end(code));
  });
}

/** Like {@link run}, but a program that fails is a {@link SetupError} that shows the end of its log and where the rest is. */
export async function must(name, program, args, options) {
  const { code, output, error } = await run(program, args, options);
  if (code === 0) return output;
  mkdirSync(cache, { recursive: true });
  const log = join(cache, `${name}.log`);
  writeFileSync(log, output);
  const command = [basename(program), ...args].join(" ");
  const how = error ? `could not be started: ${error.message}` : `ended with ${code ?? "a signal"}`;
  throw new SetupError(`\`${command}\` ${how}.\n${lastLines(output, 40)}\nThe whole log: ${log}`);
}

/** The first line that a program prints, or null when it is missing or fails. For `--version` and the like. */
export function firstLine(program, args) {
  const { status, stdout } = spawnSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return status === 0 ? stdout.split("\n")[0].trim() : null;
}
