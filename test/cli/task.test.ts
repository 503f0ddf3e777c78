// The command `gramian task`: what it prints and writes, and what it refuses.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { rbf, Representation, taskAlignment } from "../../lib/index.ts";
import { runGramian } from "./run-gramian.ts";
import { activations, writeNpy, writeSafetensors } from "./write-activations.ts";

let folder: string;
const at = (name: string): string => join(folder, name);
const samples = 60;
const labels = BigInt64Array.from({ length: samples }, (_, i) => BigInt(i % 3));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gramian-task-"));
  const flat = { shape: [samples, 2], data: new Float32Array(samples * 2).fill(1) };
  writeSafetensors(at("a.safetensors"), { fc1: activations(samples, 8, 1), fc2: activations(samples, 5, 2), flat });
  writeSafetensors(at("b.safetensors"), { fc1: activations(samples, 4, 3) });
  const { data } = activations(samples, 1, 9);
  writeSafetensors(at("targets.safetensors"), {
    labels: { shape: [samples], data: labels },
    columns: activations(samples, 2, 4),
    line: { shape: [samples], data },
    short: activations(samples - 1, 2, 4),
  });
  writeNpy(at("labels.npy"), { shape: [samples], data: labels });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Results {
  readonly schema: string;
  readonly targets: { readonly columns: number; readonly classes: readonly number[] | null };
  readonly layers: readonly {
    readonly layer: { readonly name: string };
    readonly kta: { readonly value: number | null };
    readonly centredKta: { readonly value: number | null; readonly reason: string | null };
    readonly lambdas: readonly number[];
    readonly kare: readonly number[];
  }[];
}

async function json(...args: string[]): Promise<Results> {
  const { code, stdout, stderr } = await runGramian(["task", ...args, "--json", "-q"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Results;
}

describe("what comes out", () => {
  it("the numbers of taskAlignment, with the options that the flags stand for", async () => {
    const targets = `${at("targets.safetensors")}:columns`;
    const found = await json(
      at("a.safetensors"),
      "--targets",
      targets,
      "-k",
      "rbf",
      "--lambda",
      "1e-3",
      "--lambda",
      "2",
    );
    const result = await taskAlignment(
      await Representation.loadAll(at("a.safetensors")),
      await Representation.load(at("targets.safetensors"), "columns"),
      { kernel: rbf(), lambdas: [1e-3, 2] },
    );
    expect(found.schema).toBe("gramian.task/1");
    expect(found.targets).toMatchObject({ columns: 2, classes: null });
    // `flat` has rows that are all alike, so it has no median distance. The same build, the same files: the same bits.
    for (const [i, layer] of found.layers.entries()) {
      expect(layer.kare).toEqual([...result.layers[i]!.kare]);
      expect(layer.kta.value ?? NaN).toEqual(result.layers[i]!.kta.value);
    }
    expect(found.layers[0]!.lambdas).toEqual([1e-3, 2]);
  });

  it("labels from .safetensors and .npy, a list of numbers, layers of several files", async () => {
    const files = [at("a.safetensors"), at("b.safetensors")];
    const named = await json(...files, "--targets", `${at("targets.safetensors")}:labels`);
    const lone = await json(...files, "--targets", at("labels.npy"));
    expect(named.layers).toEqual(lone.layers);
    expect(named.targets.classes).toEqual([0, 1, 2]);
    expect(named.layers.map(({ layer }) => layer.name)).toEqual(["fc1", "fc2", "flat", "fc1"]);
    const line = await json(at("a.safetensors"), "-l", "fc*", "--targets", `${at("targets.safetensors")}:line`);
    expect(line.targets.columns).toBe(1);
    expect(line.layers).toHaveLength(2);
  });

  it("a table, with a dash and the reason for what does not exist", async () => {
    const { code, stdout, stderr } = await runGramian(["task", at("a.safetensors"), "--targets", at("labels.npy")]);
    expect(code).toBe(0);
    const [head, ...rows] = stdout.trimEnd().split("\n");
    // 1 %, 5 % and 10 % of 60 samples, and three classes: C(3) is told once.
    expect(head).toMatch(/^layer +KTA +centred +KARE +at λ +C\(1\) +C\(3\) +C\(6\) +captured +R\(h\) +bound$/);
    expect(rows.map((row) => row.split(" ")[0])).toEqual(["fc1", "fc2", "flat"]);
    expect(rows[2]).toContain("–");
    expect(stderr).toContain("the HSIC of flat is 0");
    expect(stderr).toContain("3 classes, 60 samples");
  });

  it("four files with --out, each whole, and a table that can be read back", async () => {
    const out = at("out");
    const { code } = await runGramian(["task", at("a.safetensors"), "--targets", at("labels.npy"), "-o", out, "-q"]);
    expect(code).toBe(0);
    const text = (name: string): string => readFileSync(join(out, name), "utf8");
    const { layers } = JSON.parse(text("results.json")) as Results;
    const [header, ...lines] = text("layers.csv").trimEnd().split("\r\n");
    expect(lines).toHaveLength(3);
    const centred = header!.split(",").indexOf("centred_kta");
    expect(Number(lines[1]!.split(",")[centred])).toBe(layers[1]!.centredKta.value);
    expect(lines[2]!.split(",")[centred]).toBe("");
    expect(text("curves.csv")).toContain("a.safetensors,fc1,cumulative_power,1,");
    expect(text("task.html")).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  });
});

describe("what is refused", () => {
  it.each([
    ["targets of another length", ["a.safetensors", "--targets", "targets.safetensors:short"], 3, "60 samples"],
    ["a tensor that is not there", ["a.safetensors", "--targets", "targets.safetensors:lables"], 3, `"labels"`],
    ["no word on which tensor", ["a.safetensors", "--targets", "targets.safetensors"], 3, "--targets FILE:tensor"],
    ["a file that is not there", ["a.safetensors", "--targets", "none.npy"], 3, "none.npy"],
    ["no targets", ["a.safetensors"], 2, "--targets"],
    ["λ of 0", ["a.safetensors", "--targets", "labels.npy", "--lambda", "0"], 2, "above 0"],
    ["a kernel that does not exist", ["a.safetensors", "--targets", "labels.npy", "-k", "rbff"], 2, "kernel"],
  ])("%s", async (_, args, code, said) => {
    const outcome = await runGramian(["task", ...args, "-o", "never"], { cwd: folder });
    expect(outcome.stderr).toContain(said);
    expect(outcome.code).toBe(code);
    expect(existsSync(at("never"))).toBe(false);
  });
});
