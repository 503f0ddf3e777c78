// The stitching jobs at the boundary: what does not fit is refused before anything runs.
import { describe, expect, test } from "vitest";

import { native } from "../../lib/native.ts";

type Loose = Record<string, unknown>;

const raw = native() as unknown as Record<
  "componentJob" | "matchingJob" | "crossKernelJob",
  (...args: unknown[]) => unknown
>;

const matrix = (rows: number, cols: number, dtype = "f64"): Loose => ({
  data: dtype === "f64" ? new Float64Array(rows * cols).fill(1) : new Float32Array(rows * cols).fill(1),
  dtype,
  rows,
  cols,
});
const side = (rows: number, cols: number): Loose => ({ matrix: matrix(rows, cols), mean: new Float64Array(cols) });

const starting = (job: keyof typeof raw, spec: unknown) => (): unknown =>
  raw[job](spec, null, () => {
    throw new Error("the job was started");
  });
const refusal = expect.objectContaining({ code: "INVALID_ARGUMENT" }) as Error;

describe("componentJob", () => {
  const source = (changes: Loose = {}): Loose => ({
    basis: matrix(5, 3),
    right: matrix(4, 3),
    rank: 2,
    eigenvalues: Float64Array.of(2, 1),
    inputMean: new Float64Array(4),
    path: Float64Array.of(0),
    ...changes,
  });
  const spec = (changes: Loose = {}): Loose => ({
    samples: 5,
    sources: [source()],
    targets: [side(5, 2)],
    kernel: false,
    biased: true,
    criterion: "given",
    pathLength: 1,
    rankLimit: 0,
    weights: [new Float64Array(8)],
    biases: [new Float64Array(2)],
    threads: 1,
    ...changes,
  });

  test.each([
    ["no source", { sources: [] }],
    ["no target", { targets: [] }],
    ["a basis of other samples", { sources: [source({ basis: matrix(4, 3) })] }],
    ["a basis in f32", { sources: [source({ basis: matrix(5, 3, "f32") })] }],
    ["right vectors in f32", { sources: [source({ right: matrix(4, 3, "f32") })] }],
    ["no right vectors", { sources: [source({ right: null })] }],
    ["a rank beyond the columns", { sources: [source({ rank: 4, eigenvalues: new Float64Array(4).fill(1) })] }],
    [
      "a rank that leaves no room for the bias",
      { samples: 2, sources: [source({ basis: matrix(2, 3) })], targets: [side(2, 2)] },
    ],
    ["other than rank eigenvalues", { sources: [source({ eigenvalues: Float64Array.of(1) })] }],
    ["an eigenvalue of 0", { sources: [source({ eigenvalues: Float64Array.of(1, 0) })] }],
    ["an eigenvalue that is none", { sources: [source({ eigenvalues: Float64Array.of(1, NaN) })] }],
    ["a negative λ", { sources: [source({ path: Float64Array.of(-1) })] }],
    ["a path of another length", { sources: [source({ path: Float64Array.of(1, 2) })] }],
    ["a path where λ is given", { pathLength: 2, sources: [source({ path: Float64Array.of(1, 2) })] }],
    ["a mean of another length", { sources: [source({ inputMean: new Float64Array(3) })] }],
    ["a target of other samples", { targets: [side(6, 2)] }],
    ["a target's mean of another length", { targets: [{ ...side(5, 2), mean: new Float64Array(1) }] }],
    ["weights of another length", { weights: [new Float64Array(7)] }],
    ["weights of another type", { weights: [new Float32Array(8)] }],
    ["weights for fewer pairs", { weights: [] }],
    ["biases of another length", { biases: [new Float64Array(3)] }],
    ["no biases", { biases: undefined }],
    ["a criterion that is none", { criterion: "cv" }],
    ["leave-one-out of one sample", { samples: 1, criterion: "loo" }],
    ["a negative rank", { rankLimit: -1 }],
    ["no thread", { threads: 0 }],
    ["no list", { sources: null }],
  ])("%s: refused", (_, changes) => {
    expect(starting("componentJob", spec(changes))).toThrow(refusal);
  });
});

describe("matchingJob", () => {
  test.each([
    ["no source", { sources: [] }],
    ["a source of other samples", { sources: [side(4, 3)] }],
    ["a mean of another length", { sources: [{ ...side(5, 3), mean: new Float64Array(2) }] }],
    ["a target of other samples", { targets: [side(4, 2)] }],
    ["weights of another length", { weights: [new Float64Array(5)] }],
    ["a kind that is none", { kind: "affine" }],
    ["no thread", { threads: 0.5 }],
  ])("%s: refused", (_, changes) => {
    const spec = {
      samples: 5,
      kind: "orthogonal",
      scaled: false,
      sources: [side(5, 3)],
      targets: [side(5, 2)],
      weights: [new Float64Array(6)],
      threads: 1,
      ...changes,
    };
    expect(starting("matchingJob", spec)).toThrow(refusal);
  });

  test("costs beyond the range of f64 are an error, not a crash", async () => {
    const huge = { matrix: { ...matrix(5, 3), data: new Float64Array(15).fill(1e200) }, mean: new Float64Array(3) };
    for (const kind of ["orthogonal", "permutation"]) {
      const error = await new Promise((resolve) => {
        const weights = [new Float64Array(9)];
        const spec = { samples: 5, kind, scaled: false, sources: [huge], targets: [huge], weights, threads: 1 };
        raw.matchingJob(spec, null, resolve);
      });
      expect(error).toMatchObject({ code: "NON_FINITE" });
    }
  });
});

describe("crossKernelJob", () => {
  const spec = (changes: Loose = {}): Loose => ({
    kernel: { kind: "rbf", bandwidth: 1 },
    fitted: side(5, 3),
    samples: side(4, 3),
    outputs: 2,
    dual: new Float64Array(10),
    out: new Float64Array(8),
    threads: 1,
    ...changes,
  });

  test.each([
    ["a kernel that is none", { kernel: { kind: "sigmoid" } }],
    ["a bandwidth of 0", { kernel: { kind: "rbf", bandwidth: 0 } }],
    ["a degree of 0", { kernel: { kind: "polynomial", degree: 0 } }],
    ["samples of another width", { samples: side(4, 2) }],
    ["dual coefficients of another length", { dual: new Float64Array(9) }],
    ["a bias of another length", { bias: new Float64Array(3) }],
    ["an output of another length", { out: new Float64Array(7) }],
    ["an output of another type", { out: new Float32Array(8) }],
    ["no output", { outputs: 0, dual: new Float64Array(0), out: new Float64Array(0) }],
  ])("%s: refused", (_, changes) => {
    expect(starting("crossKernelJob", spec(changes))).toThrow(refusal);
  });
});
