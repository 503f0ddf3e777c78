import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { native } from "../../lib/native.ts";

type Loose = Record<string, unknown>;
type Job = "permutationJob" | "weightedJob";

/** The addon without TypeScript's protection. */
const raw = native() as unknown as Record<Job | "facts", (...args: unknown[]) => unknown>;

const samples = 6;
const matrix = { data: Float64Array.from({ length: 18 }, (_, i) => Math.sin(i)), dtype: "f64", rows: samples, cols: 3 };
const { mean, centredNorm2, dotMean } = raw.facts(matrix) as Loose;
const common = {
  sources: [{ kind: "features", matrix, mean, centredNorm2, dotMean }],
  operators: [
    { source: 0, group: 0, map: "linear" },
    { source: 0, group: 0, map: "polynomial", degree: 2 },
    { source: 0, group: 1, map: "linear" },
  ],
  samples,
  pairs: Uint32Array.of(0, 1, 2, 2),
  precision: "f64",
  threads: 2,
};
const order = Uint32Array.of(0, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 0);
const lists = [new Uint32Array(12).fill(1), new Uint32Array(12).fill(2)];
const neighbours = { lists, count: 2, pairs: Uint32Array.of(0, 1) };
const specs: Record<Job, Loose> = {
  permutationJob: { ...common, permutations: order, neighbours },
  weightedJob: { ...common, weights: new Float64Array(12).fill(1), form: "full" },
};

/** What comes of a job: null, or the code of the error that was thrown or told. */
async function outcome(job: Job, spec: unknown): Promise<string | null> {
  return await new Promise((resolve) => {
    try {
      raw[job](spec, null, (error: { code: string } | null) => resolve(error === null ? null : error.code));
    } catch (error) {
      resolve((error as { code: string }).code);
    }
  });
}

const wrong: readonly [Job, string, Loose][] = [
  ["permutationJob", "a row is no permutation", { permutations: Uint32Array.of(0, 1, 2, 3, 4, 4) }],
  ["permutationJob", "an index is out of range", { permutations: Uint32Array.of(0, 1, 2, 3, 4, 6) }],
  ["permutationJob", "permutations are cut short", { permutations: new Uint32Array(7) }],
  ["permutationJob", "permutations are signed", { permutations: new Int32Array(6) }],
  ["permutationJob", "a pair is of two groups", { pairs: Uint32Array.of(0, 2) }],
  ["permutationJob", "a pair has no operator", { pairs: Uint32Array.of(0, 3) }],
  ["permutationJob", "a pair is half", { pairs: Uint32Array.of(0) }],
  ["permutationJob", "a precision is unknown", { precision: "f16" }],
  ["permutationJob", "there are no threads", { threads: 0 }],
  ["permutationJob", "a list is too short", { neighbours: { ...neighbours, lists: [new Uint32Array(11), lists[1]] } }],
  [
    "permutationJob",
    "a neighbour does not exist",
    { neighbours: { ...neighbours, lists: [lists[0], new Uint32Array(12).fill(6)] } },
  ],
  ["permutationJob", "lists are no array", { neighbours: { ...neighbours, lists: lists[0] } }],
  ["permutationJob", "there are more neighbours than samples", { neighbours: { ...neighbours, count: 7 } }],
  ["permutationJob", "an operator has no source", { sources: [] }],
  ["weightedJob", "a weight is negative", { weights: Float64Array.of(1, 1, -1e-9, 1, 1, 1) }],
  ["weightedJob", "a weight is NaN", { weights: Float64Array.of(1, 1, NaN, 1, 1, 1) }],
  ["weightedJob", "a weight is infinite", { weights: Float64Array.of(1, 1, Infinity, 1, 1, 1) }],
  ["weightedJob", "weights are cut short", { weights: new Float64Array(7) }],
  ["weightedJob", "weights are f32", { weights: new Float32Array(6) }],
  ["weightedJob", "a form is unknown", { form: "centred" }],
  ["weightedJob", "a pair has no operator", { pairs: Uint32Array.of(0, 3) }],
  ["weightedJob", "there are no operators", { operators: [], pairs: new Uint32Array(0) }],
  ["weightedJob", "samples disagree with the matrices", { samples: samples - 1 }],
];

describe("a resampling job", () => {
  it.each(wrong)("%s is refused when %s", async (job, _what, change) => {
    expect(await outcome(job, { ...specs[job], ...change })).toBe("INVALID_ARGUMENT");
  });

  it.each<[Job, Loose]>([
    ["permutationJob", {}],
    ["permutationJob", { permutations: new Uint32Array(0) }],
    ["permutationJob", { pairs: new Uint32Array(0) }],
    ["permutationJob", { sources: [], operators: [], pairs: new Uint32Array(0) }],
    ["permutationJob", { neighbours: undefined }],
    ["weightedJob", {}],
    ["weightedJob", { weights: new Float64Array(0) }],
    ["weightedJob", { weights: new Float64Array(12) }],
    ["weightedJob", { pairs: new Uint32Array(0) }],
  ])("%s runs with %j", async (job, change) => {
    expect(await outcome(job, { ...specs[job], ...change })).toBeNull();
  });

  it("takes a single sample", async () => {
    const one = { data: Float64Array.of(1, 2), dtype: "f64", rows: 1, cols: 2 };
    const facts = raw.facts(one) as Loose;
    const sources = [
      { kind: "features", matrix: one, mean: facts.mean, centredNorm2: facts.centredNorm2, dotMean: facts.dotMean },
    ];
    const small = { sources, samples: 1, neighbours: undefined };
    expect(
      await outcome("permutationJob", { ...specs.permutationJob, ...small, permutations: new Uint32Array(3) }),
    ).toBeNull();
    expect(await outcome("weightedJob", { ...specs.weightedJob, ...small, weights: new Float64Array(3) })).toBeNull();
  });

  it("never lets nonsense in any one field be more than a refusal", async () => {
    const anything = fc.anything({ withTypedArray: true, withBigInt: true, withDate: true, maxDepth: 2 });
    const fields = fc.constantFrom<[Job, string][]>(
      ...(Object.keys(specs) as Job[]).flatMap((job) =>
        Object.keys(specs[job]).map((key): [Job, string] => [job, key]),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fields, anything, async ([job, key], value) => {
        expect(await outcome(job, { ...specs[job], [key]: value })).toSatisfy(
          (code: string | null) => code === null || code === "INVALID_ARGUMENT",
        );
      }),
      { numRuns: 500, seed: 9 },
    );
  });

  it("of enormous size is an error, not the end of the process", async () => {
    const n = 2 ** 21;
    const tall = { data: new Float32Array(n), dtype: "f32", rows: n, cols: 1 };
    const zeros = new Float64Array(n);
    const sources = [
      { kind: "features", matrix: tall, mean: new Float64Array(1), centredNorm2: zeros, dotMean: zeros },
    ];
    const large = { sources, samples: n, pairs: Uint32Array.of(0, 1) };
    const weights = new Float64Array(n);
    // 2⁴² numbers an operator are more than any machine has.
    expect(await outcome("weightedJob", { ...specs.weightedJob, ...large, weights })).toBe("OUT_OF_MEMORY");
    expect(await outcome("permutationJob", { ...common, ...large, permutations: new Uint32Array(n) })).toBe(
      "OUT_OF_MEMORY",
    );
  });
});
