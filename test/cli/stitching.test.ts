// The commands `gramian stitch` and `gramian bounds`: what they print and write, and what they refuse.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import {
  loadNetwork,
  Representation,
  splitRows,
  stitchers,
  stitchingBound,
  writeSafetensors,
} from "../../lib/index.ts";
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

interface OnRows {
  readonly matching: { readonly error: number };
  readonly evaluation: Readonly<Record<string, number>>;
  readonly taskAware: { readonly risk: number; readonly bound: number } | null;
}

interface Stitched {
  readonly schema: string;
  readonly kappa: { readonly constant: number; readonly method: string };
  readonly sampledKappa: number | null;
  readonly fitted: OnRows;
  readonly heldOut: OnRows | null;
}

async function stitched(...args: string[]): Promise<Stitched> {
  const { code, stdout, stderr } = await runGramian(["stitch", ...args, "--json", "-q"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Stitched;
}

describe("stitch", () => {
  it("tells the numbers of stitchingBound, on fitted and on held-out rows", async () => {
    const found = await stitched(...ends, ...head, ...targets, "--split", "0.8", "--seed", "1");
    const [source, target] = await Promise.all(
      ["a", "b"].map((name) => Representation.load(`${mnist}/mlp-${name}.safetensors`, "relu2")),
    );
    const onehot = await Representation.load(`${mnist}/targets.safetensors`, "onehot");
    const g = (await loadNetwork(`${mnist}/mlp-b.weights.safetensors`)).head("relu2");
    const { fitted, heldOut } = splitRows(1000, 0.8, { seed: 1 });
    const stitcher = await stitchers.affine().fit(source!, target!, { rows: fitted });
    const model = { source: source!, target: target!, stitcher, head: g, targets: onehot };
    for (const [told, rows] of [
      [found.fitted, fitted],
      [found.heldOut!, heldOut],
    ] as const) {
      const { kappa, rows: _, ...expected } = await stitchingBound(model, { rows });
      // The same build, the same files: the same bits.
      expect(told.evaluation).toEqual(expected);
      expect(found.kappa).toEqual(kappa);
      // The stitcher sums its error in its own order.
      expect(told.matching.error / expected.misalignment).toBeCloseTo(1, 9);
    }
    expect(found.schema).toBe("gramian.stitch/1");
    expect(found.sampledKappa!).toBeLessThanOrEqual(found.kappa.constant);
  });

  it("searches on for the task: less risk on the fitted rows, within the same bound's reach", async () => {
    const found = await stitched(...ends, ...head, ...targets, "--stitcher", "orthogonal", "--task-aware");
    expect(found.heldOut).toBeNull();
    expect(found.fitted.taskAware!.risk).toBeLessThan(found.fitted.evaluation["risk"]!);
    expect(found.fitted.taskAware!.risk).toBeLessThanOrEqual(found.fitted.taskAware!.bound);
  });

  it("takes the caller's word for κ, labels for targets, and a point for the head", async () => {
    const labels = ["--targets", `${mnist}/targets.safetensors:labels`];
    const found = await stitched(...ends, ...head, ...labels, "--lipschitz", "9", "--head-from", "relu2");
    expect(found.kappa).toEqual({ constant: 9, method: "given", parts: [] });
    const { ownRisk, misalignment, bound } = found.fitted.evaluation;
    // One formula in two orders of f64.
    expect(bound! / (Math.sqrt(ownRisk!) + 9 * Math.sqrt(misalignment!)) ** 2).toBeCloseTo(1, 12);
    const same = await stitched(...ends, ...head, ...targets, "--lipschitz", "9");
    expect(same.fitted).toEqual(found.fitted);
  });

  it("prints a table, and saves the stitcher as a linear layer", async () => {
    const saved = join(folder, "stitcher.safetensors");
    const args = [...ends, ...head, ...targets, "--split", "0.8", "--save", saved];
    const { code, stdout, stderr } = await runGramian(["stitch", ...args]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^affine \(rank \d+\): mlp-a:relu2 \(128\) → mlp-b:relu2 \(128\), head mlp-b:relu2$/m);
    expect(stdout).toMatch(/^rows +800 fitted +200 held out$/m);
    for (const line of [
      "matching error Ã",
      "own risk R",
      "stitched risk",
      "  excess",
      "  accuracy",
      "bound (√R + κ√Ã)²",
    ]) {
      expect(stdout).toContain(`\n${line} `);
    }
    expect(stdout).toMatch(
      /^κ = [\d.]+ \(product of spectral norms: l\.2 [\d.]+ · relu 1\.000 · l\.3 [\d.]+\); at\nleast /m,
    );
    expect(stderr).toContain(`stitcher: ${saved}`);
    const weight = await Representation.load(saved, "weight");
    expect([weight.samples, weight.features]).toEqual([128, 128]);
  });
});

describe("bounds", () => {
  const both = [`${mnist}/mlp-a.safetensors`, `${mnist}/mlp-b.safetensors`];

  it("writes the sweep, with weights found beside the activations", async () => {
    const out = join(folder, "sweep");
    const args = [...both, ...targets, "--split", "0.8", "--baseline", `${mnist}/mlp-random.safetensors`, "-o", out];
    const { code, stdout, stderr } = await runGramian(["bounds", ...args]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^from mlp-a ↓ {2}into mlp-b → /m);
    expect(stdout).toMatch(/^from mlp-random \(untrained\) ↓/m);
    expect(stdout).toMatch(/^0 of 64 pairs above the bound on 200 rows held out;/m);
    expect(stdout).toMatch(/^\|R\(mlp-a\) − R\(mlp-b\)\| = /m);
    expect(Math.max(...stdout.split("\n").map((line) => [...line].length))).toBeLessThanOrEqual(80);
    expect(stderr).toContain(`report: ${join(out, "report.html")}`);
    const maps = ["a-mlp-b", "b-mlp-a", "random-mlp-a", "random-mlp-b"].map((way) => `excess-mlp-${way}.svg`);
    const files = ["alignment.svg", "bound.svg", ...maps, "report.html", "results.json", "stitching.csv"];
    expect(readdirSync(out).sort()).toEqual(files);
    expect(readFileSync(join(out, "stitching.csv"), "utf8").trimEnd().split("\r\n")).toHaveLength(1 + 2 * 64);
    const { schema, rows } = JSON.parse(readFileSync(join(out, "results.json"), "utf8")) as Record<string, unknown>;
    expect({ schema, rows }).toEqual({
      schema: "gramian.stitching/1",
      rows: { fitted: 800, heldOut: 200, split: 0.8, seed: 0 },
    });
  });

  it("takes only layers that are stitch points, and says which it left out", async () => {
    const odd = join(folder, "odd.safetensors");
    const relu2 = await Representation.load(both[0]!, "relu2");
    const data = new Float64Array(relu2.samples * relu2.features).fill(0.5);
    await writeSafetensors(odd, {
      dropout: { data, shape: [relu2.samples, relu2.features] },
      relu2: { data, shape: [relu2.samples, relu2.features] },
    });
    const weights = ["--weights", `${mnist}/mlp-a.weights.safetensors`, `${mnist}/mlp-b.weights.safetensors`];
    const { code, stdout, stderr } = await runGramian(["bounds", odd, both[1]!, ...weights, ...targets, "--json"]);
    expect(code).toBe(0);
    expect(stderr).toContain('left out "dropout", no stitch points of the network');
    const { networks } = JSON.parse(stdout) as {
      readonly networks: readonly { readonly layers: readonly unknown[] }[];
    };
    expect(networks.map(({ layers }) => layers.length)).toEqual([1, 4]);
  });

  it("ends on Ctrl-C, and leaves nothing behind", async () => {
    const out = join(folder, "interrupted");
    // Seconds of work on any machine.
    const slow = ["--stitcher", "kernel-ridge(kernel=rbf, lambda=loo)", "-t", "1", "-o", out];
    const { code, stderr } = await runGramian(["bounds", ...both, ...targets, ...slow], {
      onStart: (child) => {
        const watch = setInterval(() => {
          if (!existsSync(out)) return;
          clearInterval(watch);
          setTimeout(() => child.kill("SIGINT"), 700);
        }, 10);
      },
    });
    expect(code).toBe(130);
    expect(stderr).toContain("Interrupted (SIGINT). Nothing was written.");
    expect(existsSync(out)).toBe(false);
  });
});

describe("stitch refuses", () => {
  it.each([
    ["no head", [...ends, ...targets], 2, "--head"],
    ["no targets", [...ends, ...head], 2, "--targets"],
    ["no source", [...ends.slice(2), ...head, ...targets], 2, "--from"],
    ["a share of 1.5", [...ends, ...head, ...targets, "--split", "1.5"], 2, "a number between 0 and 1 for --split"],
    ["a share of 0", [...ends, ...head, ...targets, "--split", "0"], 2, "a number between 0 and 1 for --split"],
    ["a seed without a split", [...ends, ...head, ...targets, "--seed", "1"], 2, "--split beside --seed"],
    ["κ of −1", [...ends, ...head, ...targets, "--lipschitz", "-1"], 2, "above 0"],
    ["a stitcher that is not there", [...ends, ...head, ...targets, "--stitcher", "afine"], 2, "affine"],
    ["λ below 0", [...ends, ...head, ...targets, "--stitcher", "ridge(lambda=-1)"], 2, "at least 0"],
    ["to save a kernel", [...ends, ...head, ...targets, "--stitcher", "kernel-ridge", "--save", "s"], 2, "--save"],
    ["a point that is not there", [...ends, ...head, ...targets, "--head-from", "relu9"], 3, '"relu9"'],
    ["another network's head", [...ends, "--head", `${mnist}/mlp-wide.weights.safetensors`, ...targets], 3, "192"],
    ["weights that are none", [...ends, "--head", `${mnist}/mlp-b.safetensors`, ...targets], 2, "order"],
    ["a file that is not there", [...ends, "--head", "none.safetensors", ...targets], 3, "none.safetensors"],
    ["a share that leaves no row", [...ends, ...head, ...targets, "--split", "0.0001"], 2, "1000 rows"],
    [
      "no word on which layer",
      ["--from", `${mnist}/mlp-a.safetensors`, ...ends.slice(2), ...head, ...targets],
      3,
      "--from FILE:tensor",
    ],
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
