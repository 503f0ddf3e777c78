// The commands `gramian stitch` and `gramian bounds`: what they refuse before anything is read or fitted.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runGramian } from "./run-gramian.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gramian-stitching-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const mnist = "examples/mnist";
const ends = ["--from", `${mnist}/mlp-a.safetensors:relu2`, "--to", `${mnist}/mlp-b.safetensors:relu2`];
const targets = ["--targets", `${mnist}/targets.safetensors:onehot`];
const head = ["--head", `${mnist}/mlp-b.weights.safetensors`];

describe("stitch refuses", () => {
  it.each([
    ["no head", [...ends, ...targets], 2, "--head"],
    ["no targets", [...ends, ...head], 2, "--targets"],
    ["no source", [...ends.slice(2), ...head, ...targets], 2, "--from"],
    ["a share of 1.5", [...ends, ...head, ...targets, "--split", "1.5"], 2, "a number between 0 and 1 for --split"],
    ["a share of 0", [...ends, ...head, ...targets, "--split", "0"], 2, "a number between 0 and 1 for --split"],
    ["a seed without a split", [...ends, ...head, ...targets, "--seed", "1"], 2, "--split beside --seed"],
    ["κ of −1", [...ends, ...head, ...targets, "--lipschitz", "-1"], 2, "above 0"],
    ["an option that is not there", [...ends, ...head, ...targets, "--sticher", "affine"], 2, "--stitcher"],
  ])("%s", async (_, args, code, said) => {
    const outcome = await runGramian(["stitch", ...args]);
    expect(outcome.stderr).toContain(said);
    expect(outcome).toMatchObject({ code, stdout: "" });
  });
});

describe("bounds refuses", () => {
  const both = [`${mnist}/mlp-a.safetensors`, `${mnist}/mlp-b.safetensors`];
  it.each([
    ["one network", [both[0]!, ...targets], 2, "second"],
    ["no targets", both, 2, "--targets"],
    ["a seed without a split", [...both, ...targets, "--seed", "1"], 2, "--split beside --seed"],
    [
      "weights of one network",
      [...both, ...targets, "--weights", "a.weights.safetensors"],
      2,
      "two files for --weights",
    ],
    [
      "weights of a baseline that is not there",
      [...both, ...targets, "--baseline-weights", "r.safetensors"],
      2,
      "--baseline beside",
    ],
  ])("%s", async (_, args, code, said) => {
    const out = join(folder, "never");
    const outcome = await runGramian(["bounds", ...args, "-o", out]);
    expect(outcome.stderr).toContain(said);
    expect(outcome).toMatchObject({ code, stdout: "" });
    expect(existsSync(out)).toBe(false);
  });
});
