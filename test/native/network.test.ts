// networkJob and stitchedRiskJob at the boundary: what does not fit is refused before anything runs, and what fits is computed.
import { expect, test } from "vitest";

import { native } from "../../lib/native.ts";

type Loose = Record<string, unknown>;
type Start = (spec: unknown, progress: unknown, done: (error: unknown, result?: unknown) => void) => unknown;

const raw = native() as unknown as { networkJob: Start; stitchedRiskJob: Start };

const matrix = (rows: number, cols: number): Loose => ({
  data: Float64Array.from({ length: rows * cols }, (_, i) => i + 1),
  dtype: "f64",
  rows,
  cols,
});
const linear = (outputs: number, inputs: number): Loose => ({
  kind: "linear",
  outputs,
  weights: new Float64Array(outputs * inputs).fill(1),
  bias: null,
});
const norm = (changes: Loose = {}): Loose => ({
  kind: "layer_norm",
  weights: new Float64Array(2),
  bias: null,
  epsilon: 1,
  ...changes,
});

const run = (changes: Loose = {}): Loose => ({
  features: matrix(3, 2),
  layers: [linear(4, 2), { kind: "relu" }],
  out: new Float64Array(12),
  threads: 2,
  ...changes,
});
/** S is 4×2 on 3 samples; the head gives 5 numbers. */
const risk = (changes: Loose = {}): Loose => ({
  features: matrix(3, 2),
  offsets: null,
  outputs: 4,
  weights: new Float64Array(8),
  bias: new Float64Array(4),
  layers: [linear(5, 4)],
  targets: matrix(3, 5),
  weightGradient: new Float64Array(8),
  biasGradient: new Float64Array(4),
  threads: 2,
  ...changes,
});

function expectRefusal(start: Start, spec: unknown): void {
  const refused = (): unknown =>
    start(spec, null, () => {
      throw new Error("the job was started");
    });
  expect(refused).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }) as Error);
}

test.each([
  ["no features", { features: null }],
  ["no layers", { layers: null }],
  ["a layer that is none", { layers: [7] }],
  ["an unknown kind", { layers: [{ kind: "swish" }] }],
  ["weights for another width", { layers: [linear(4, 3)] }],
  ["a second layer for another width", { layers: [linear(4, 2), linear(4, 5)] }],
  ["no output", { layers: [{ ...linear(1, 2), outputs: 0, weights: new Float64Array(0) }], out: new Float64Array(0) }],
  ["outputs without end", { layers: [{ ...linear(1, 2), outputs: 2 ** 40 }] }],
  ["f32 weights", { layers: [{ ...linear(4, 2), weights: new Float32Array(8) }] }],
  ["a bias of another length", { layers: [{ ...linear(4, 2), bias: new Float64Array(5) }] }],
  ["a slope that is NaN", { layers: [{ kind: "leaky_relu", slope: NaN }], out: new Float64Array(6) }],
  ["an ε of 0", { layers: [norm({ epsilon: 0 })], out: new Float64Array(6) }],
  ["a norm of another width", { layers: [norm({ weights: new Float64Array(3) })], out: new Float64Array(6) }],
  ["room that is too small", { out: new Float64Array(11) }],
  ["room of another type", { out: new Float32Array(12) }],
  ["no thread", { threads: 0 }],
])("networkJob, %s: refused", (_, changes) => {
  expectRefusal(raw.networkJob, run(changes));
});

test.each([
  ["weights of another length", { weights: new Float64Array(7) }],
  ["a bias of another length", { bias: new Float64Array(3) }],
  ["no outputs", { outputs: 0 }],
  ["targets of other samples", { targets: matrix(4, 5) }],
  ["targets of another width", { targets: matrix(3, 4) }],
  ["offsets of other samples", { offsets: matrix(2, 4) }],
  ["offsets of another width", { offsets: matrix(3, 5) }],
  ["a head for another width", { layers: [linear(5, 3)] }],
  ["a gradient of another length", { weightGradient: new Float64Array(9) }],
  ["a bias gradient of another length", { biasGradient: new Float64Array(5) }],
])("stitchedRiskJob, %s: refused", (_, changes) => {
  expectRefusal(raw.stitchedRiskJob, risk(changes));
});

const ended = (start: Start, spec: unknown): Promise<unknown> =>
  new Promise((resolve, reject) => {
    start(spec, null, (error, result) => (error === null ? resolve(result) : reject(error as Error)));
  });

test("outputs and gradients are written where they are wanted", async () => {
  const spec = run();
  await ended(raw.networkJob, spec);
  expect(spec["out"]).toEqual(Float64Array.of(3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11));
  // S = 0 and b = 0, so g = 0: the risk is the mean square of 1 … 15 in rows of 5.
  const both = risk();
  expect(await ended(raw.stitchedRiskJob, both)).toBe(1240 / 3);
  // −2/3·Σ_i Σ_j y_ij, for each of b's four entries, through weights of 1.
  expect(both["biasGradient"]).toEqual(new Float64Array(4).fill(-80));
  const without = risk({ weightGradient: null, biasGradient: null, bias: null });
  expect(await ended(raw.stitchedRiskJob, without)).toBe(1240 / 3);
});
