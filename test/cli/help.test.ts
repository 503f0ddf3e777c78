import { describe, expect, it } from "vitest";

import { run, runGramian } from "./run-gramian.ts";

describe("--help", () => {
  it.each([
    [["--help"]],
    [["compare", "--help"]],
    [["inspect", "--help"]],
    [["metrics", "--help"]],
    [["report", "--help"]],
    [["task", "--help"]],
    [["stitch", "--help"]],
    [["bounds", "--help"]],
    [["help", "compare"]],
  ])("%j explains, with the exit codes", async (args) => {
    const { code, stdout, stderr } = await runGramian(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Usage: gramian/);
    expect(stdout).toMatch(/130/);
    // Nobody's terminal is narrower than what is not a command to copy.
    const prose = stdout.split("\n").filter((line) => !line.trimStart().startsWith("gramian "));
    expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it("compare shows every metric, every kernel and examples", async () => {
    const { stdout } = await runGramian(["compare", "--help"]);
    for (const word of [
      "cka.debiased",
      "cka.minibatch",
      "hsic",
      "rbf:median*0.5",
      "poly:3",
      "gramian compare a.safetensors",
    ]) {
      expect(stdout).toContain(word);
    }
  });

  it("without a command, the overview and a usage error's code", async () => {
    const { code, stdout, stderr } = await runGramian([]);
    expect(code).toBe(2);
    expect(stdout + stderr).toContain("compare");
  });

  it("the version is that of the package", async () => {
    const { stdout } = await runGramian(["--version"]);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

it("a reader that goes away is no error", async () => {
  const { code, stderr } = await run("bash", [
    "-c",
    `set -o pipefail; "$0" dist/cli/main.js inspect examples/mnist/cnn.safetensors examples/mnist/mlp-a.safetensors | head -n 1 >/dev/null`,
    process.execPath,
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});
