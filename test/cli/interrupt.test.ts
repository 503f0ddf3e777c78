import type { ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { afterAll, beforeAll, expect, it } from "vitest";

import { command, type Outcome, run, runGramian } from "./run-gramian.ts";
import { activations, writeSafetensors } from "./write-activations.ts";

let folder: string;
let long: readonly string[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gramian-interrupt-"));
  const layers = Object.fromEntries(Array.from({ length: 12 }, (_, l) => [`layer${l}`, activations(4000, 256, l)]));
  writeSafetensors(join(folder, "long.safetensors"), layers);
  writeSafetensors(join(folder, "short.safetensors"), { fc: activations(20, 4, 1) });
  // Seconds of work on any machine.
  const kernels = ["rbf", "laplacian", "rbf:median*0.5", "laplacian:median*0.5", "rbf:median*2"];
  long = [
    "compare",
    "long.safetensors",
    "--precision",
    "f64",
    "-t",
    "1",
    ...kernels.flatMap((kernel) => ["-k", kernel]),
  ];
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the long comparison and calls `send` once it has made its directory, which it does before it reads, and was given a moment. */
function interrupted(out: string, send: (child: ChildProcess) => void): Promise<Outcome> {
  return runGramian([...long, "-o", out], {
    cwd: folder,
    onStart: (child) => {
      const watch = setInterval(() => {
        if (!existsSync(join(folder, out))) return;
        clearInterval(watch);
        setTimeout(send, 300, child);
      }, 10);
    },
  });
}

it.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s ends a run with %i; no file and no directory is left behind, and it says so", async (signal, exit) => {
  const { code, stderr } = await interrupted("new/deep", (child) => child.kill(signal));
  expect(code).toBe(exit);
  expect(stderr).toMatch(
    new RegExp(`^Stopping \\(${signal}\\)[^\\n]*\\nInterrupted \\(${signal}\\)\\. Nothing was written\\.\\n$`),
  );
  expect(readdirSync(folder).sort()).toEqual(["long.safetensors", "short.safetensors"]);
});

it("the results of an earlier run are kept as they were", async () => {
  const args = ["compare", "short.safetensors", "-o", "kept"];
  expect((await runGramian(args, { cwd: folder })).code).toBe(0);
  const kept = join(folder, "kept");
  const before = readdirSync(kept).map((name) => [name, readFileSync(join(kept, name), "utf8")]);
  // Nothing to be seen tells that the second run is under way: its start takes a tenth of a second, on a busy machine some; its work
  // takes many.
  const { code, stderr } = await interrupted("kept", (child) => setTimeout(() => child.kill("SIGINT"), 2500));
  expect(code).toBe(130);
  expect(stderr).toContain("kept still holds the results of the earlier run.");
  expect(readdirSync(kept).map((name) => [name, readFileSync(join(kept, name), "utf8")])).toEqual(before);
});

it("the second Ctrl-C ends the process at once, whatever hangs", async () => {
  const module = pathToFileURL(join(command, "../with-interrupt.js")).href;
  // Work that no abort reaches.
  const script = `import { withInterrupt } from ${JSON.stringify(module)};
    setInterval(() => {}, 1000);
    const work = withInterrupt(() => new Promise(() => {}));
    process.stdout.write("ready");
    await work;`;
  const { code, stderr } = await run(process.execPath, ["--input-type=module", "-e", script], {
    onStart: (child) => {
      child.stdout?.once("data", () => child.kill("SIGINT"));
      child.stderr?.once("data", () => child.kill("SIGINT"));
    },
  });
  expect({ code, stderr }).toEqual({ code: 130, stderr: "Stopping (SIGINT); once more to exit at once.\n" });
});
