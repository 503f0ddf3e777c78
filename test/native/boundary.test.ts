import { isDeepStrictEqual } from "node:util";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { native } from "../../lib/native.ts";

type Loose = Record<string, unknown>;

/** The addon without TypeScript's protection. */
const raw = native() as unknown as Record<
  "facts" | "factsJob" | "medianJob" | "engineJob",
  (...args: unknown[]) => unknown
>;

const rows = 6;
const cols = 3;

const matrix = (): Loose => ({
  data: Float64Array.from({ length: rows * cols }, (_, i) => Math.sin(i)),
  dtype: "f64",
  rows,
  cols,
});

const source = (): Loose => {
  const { mean, centredNorm2, dotMean } = raw.facts(matrix()) as Loose;
  return { kind: "features", matrix: matrix(), mean, centredNorm2, dotMean };
};

const spec = (): Loose => ({
  sources: [source()],
  operators: [{ source: 0, group: 0, map: "linear" }],
  samples: rows,
  space: "gram",
  tile: "f64",
  stack: "f64",
  block: 64,
  batch: 0,
  threads: 1,
});

const refusal = { code: "INVALID_ARGUMENT", message: expect.stringMatching(/^Expected .* for .*\.$/) as unknown };

/** Starts an engine job whose refusal is what we want; a start would call `done` and fail the test. */
const startEngine = (wrong: unknown): unknown =>
  raw.engineJob(wrong, null, () => {
    throw new Error("the job was started");
  });

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return "nothing was thrown";
}

const resizable = (length: number): Float64Array => {
  const Resizable = ArrayBuffer as unknown as new (length: number, options: { maxByteLength: number }) => ArrayBuffer;
  return new Float64Array(new Resizable(length * 8, { maxByteLength: length * 16 }));
};

function detached(): Float64Array {
  const data = new Float64Array(rows * cols);
  structuredClone(data.buffer, { transfer: [data.buffer] });
  return data;
}

describe("a matrix", () => {
  const wrong: Record<string, Loose> = {
    "its data is missing": { data: undefined },
    "its data is an ordinary array": { data: Array.from({ length: rows * cols }, () => 0) },
    "its data is a DataView": { data: new DataView(new ArrayBuffer(rows * cols * 8)) },
    "its data is too short": { data: new Float64Array(rows * cols - 1) },
    "its data is too long": { data: new Float64Array(rows * cols + 1) },
    "its element type is smaller than declared": { data: new Float32Array(rows * cols) },
    "its element type is larger than declared": { dtype: "f32" },
    "bf16 does not lie in a Uint16Array": { data: new Int16Array(rows * cols), dtype: "bf16" },
    "its dtype is unknown": { dtype: "f8" },
    "its dtype is no string": { dtype: 64 },
    "it has no rows": { rows: 0, data: new Float64Array(0) },
    "it has no columns": { cols: 0, data: new Float64Array(0) },
    "rows are negative": { rows: -rows, cols: -cols },
    "rows are broken": { rows: rows / 4, cols: cols * 4 },
    "rows are NaN": { rows: Number.NaN },
    "rows are a string": { rows: String(rows) },
    "the product of its sides wraps to its length": { rows: 2 ** 32, cols: 2 ** 32, data: new Float64Array(0) },
    "a side is more than the BLAS can count": { rows: 2 ** 31, cols: 1 },
    "its data was detached": { data: detached() },
    "its buffer can be resized": { data: resizable(rows * cols) },
  };
  it.each(Object.entries(wrong))("is refused when %s", (_name, change) => {
    expect(thrownBy(() => raw.facts({ ...matrix(), ...change }))).toMatchObject(refusal);
  });

  it.each([undefined, null, 1, "matrix", Symbol.iterator])("is refused when it is %s", (value) => {
    expect(thrownBy(() => raw.facts(value))).toMatchObject({ code: "INVALID_ARGUMENT" });
  });
});

describe("an engine job is refused when", () => {
  const withSource = (change: Loose): Loose => ({ sources: [{ ...source(), ...change }] });
  const withOperator = (change: Loose): Loose => ({ operators: [{ source: 0, group: 0, map: "linear", ...change }] });
  const gram = { kind: "gram", matrix: { data: new Float64Array(rows * rows), dtype: "f64", rows, cols: rows } };
  const tallNorms = new Float64Array(2 ** 20);
  const tall = { data: new Float64Array(tallNorms.length * cols), dtype: "f64", rows: tallNorms.length, cols };
  const wrong: Record<string, Loose> = {
    "there are no sources": { sources: [] },
    "sources are no array": { sources: {} },
    "sources has a hole": { sources: Array.from({ length: 2 }) },
    "there are no operators": { operators: [] },
    "samples disagree with the matrices": { samples: rows + 1 },
    "a source's kind is unknown": withSource({ kind: "kernel" }),
    "a mean is missing": withSource({ mean: undefined }),
    "a mean is too short": withSource({ mean: new Float64Array(cols - 1) }),
    "a mean is of the wrong type": withSource({ mean: new Float32Array(cols) }),
    "norms are too short": withSource({ centredNorm2: new Float64Array(rows - 1) }),
    "products with the mean are too short": withSource({ dotMean: new Float64Array(0) }),
    "a constant is below 0": withSource({ constant: -1 }),
    "a constant is no number": withSource({ constant: NaN }),
    "a Gram matrix is not square": withSource({ kind: "gram" }),
    "unit rows are mapped to cosines": {
      sources: [{ kind: "unitRows", matrix: matrix() }],
      ...withOperator({ map: "cosine" }),
    },
    "features are to be centred by rows": withSource({ rowCentred: true }),
    "rowCentred is no boolean": { sources: [{ kind: "unitRows", matrix: matrix(), rowCentred: 1 }] },
    "neighbours are no object": { neighbours: 1 },
    "neighbours of an operator that is not there": { neighbours: { operators: Uint32Array.of(1), count: 1 } },
    "operators of neighbours are no Uint32Array": { neighbours: { operators: [0], count: 1 } },
    "no neighbours are counted": { neighbours: { operators: Uint32Array.of(0), count: 0 } },
    "more neighbours than there are others": { neighbours: { operators: Uint32Array.of(0), count: rows } },
    "neighbours are asked for in feature space": {
      space: "feature",
      neighbours: { operators: Uint32Array.of(0), count: 1 },
    },
    "neighbours are asked for of batches": { batch: 4, neighbours: { operators: Uint32Array.of(0), count: 1 } },
    "batches are asked for of neighbours": { batch: 4, space: "neighbours" },
    "a Gram matrix is mapped": { sources: [gram], ...withOperator({ map: "rbf" }) },
    "an operator's source is out of range": withOperator({ source: 1 }),
    "an operator's source is negative": withOperator({ source: -1 }),
    "a map is unknown": withOperator({ map: "sigmoid" }),
    "a bandwidth is not finite": withOperator({ map: "rbf", bandwidth: Number.NaN }),
    "a degree is broken": withOperator({ map: "polynomial", degree: 1.5 }),
    "a degree is huge": withOperator({ map: "polynomial", degree: 2 ** 32 }),
    "groups are out of order": {
      operators: [
        { source: 0, group: 1, map: "linear" },
        { source: 0, group: 0, map: "linear" },
      ],
    },
    "a block is 0": { block: 0 },
    "a block is huge": { block: 2 ** 20 },
    "a batch is larger than the samples": { batch: rows + 1 },
    "a batch is too small for the debiased estimator": { batch: 3 },
    "an order leaves samples out": { batch: 4, order: Uint32Array.from([0, 1, 2]) },
    "an order repeats samples": { batch: 4, order: new Uint32Array(rows) },
    "an order is out of range": { batch: 4, order: Uint32Array.from({ length: rows }, (_, i) => i + 1) },
    "pairs are odd": { space: "feature", pairs: Uint32Array.from([0]) },
    "pairs are out of range": { space: "feature", pairs: Uint32Array.from([0, 1]) },
    "pairs are no Uint32Array": { space: "feature", pairs: [0, 0] },
    "feature space is asked of a map that is not linear": { space: "feature", ...withOperator({ map: "rbf" }) },
    "feature space is asked of distances": { space: "feature", ...withOperator({ map: "distance" }) },
    "feature space is asked of the cosine map": { space: "feature", ...withOperator({ map: "cosine" }) },
    "feature space is asked of a Gram matrix": { space: "feature", sources: [gram] },
    "feature space is given a Gram matrix that no operator uses": { space: "feature", sources: [source(), gram] },
    "a block is so small that the tiles could not be listed": {
      ...withSource({ matrix: tall, centredNorm2: tallNorms, dotMean: tallNorms }),
      samples: tall.rows,
      block: 1,
    },
    "the space is unknown": { space: "outer" },
    "the tile is unknown": { tile: "f16" },
    "the stack is unknown": { stack: "f32" },
    "there are no threads": { threads: 0 },
    "there are too many threads": { threads: 65 },
  };
  it.each(Object.entries(wrong))("%s", (_name, change) => {
    expect(thrownBy(() => startEngine({ ...spec(), ...change }))).toMatchObject(refusal);
  });

  it("nobody is to be told", () => {
    expect(thrownBy(() => raw.engineJob(spec(), null))).toMatchObject(refusal);
    expect(thrownBy(() => raw.engineJob(spec(), 1, () => {}))).toMatchObject(refusal);
    expect(thrownBy(() => raw.factsJob(matrix()))).toMatchObject(refusal);
  });
});

describe("a median job is refused when", () => {
  const request = (): Loose => ({ matrix: matrix(), mean: new Float64Array(cols) });
  it.each<[string, unknown, unknown]>([
    ["requests are no array", request(), 1],
    ["a mean is too short", [{ ...request(), mean: new Float64Array(1) }], 1],
    ["a row is out of range", [{ ...request(), rows: Uint32Array.from([0, rows]) }], 1],
    ["rows are of another type", [{ ...request(), rows: Int32Array.from([0, 1]) }], 1],
    ["threads are missing", [request()], undefined],
  ])("%s", (_name, requests, threads) => {
    expect(thrownBy(() => raw.medianJob(requests, threads, null, () => {}))).toMatchObject(refusal);
  });
});

describe("what is accepted", () => {
  const finished = (start: (done: (...args: unknown[]) => void) => unknown): Promise<unknown[]> =>
    new Promise((resolve) => start((...args) => resolve(args)));

  it("arrays in shared memory, and in the middle of a buffer", () => {
    const expected = raw.facts(matrix()) as { mean: Float64Array };
    const values = matrix()["data"] as Float64Array;
    const shared = new Float64Array(new SharedArrayBuffer(values.byteLength));
    shared.set(values);
    const inside = new Float64Array(new ArrayBuffer(values.byteLength + 24), 16, values.length);
    inside.set(values);
    for (const data of [shared, inside]) {
      expect((raw.facts({ ...matrix(), data }) as { mean: Float64Array }).mean).toEqual(expected.mean);
    }
  });

  it("a job whose numbers are not finite or overflow ends, whatever it finds", async () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1e200, -1.7e308, 5e-324]) {
      const data = Float64Array.from({ length: 300 * 4 }, (_, i) => (i % 3 === 0 ? value : i % 2 === 0 ? -value : i));
      const big = { data, dtype: "f64", rows: 300, cols: 4 };
      const mean = new Float64Array(4);
      const norms = new Float64Array(300);
      const [medianError] = await finished((done) => raw.medianJob([{ matrix: big, mean }], 2, null, done));
      expect(medianError).toBeNull();
      const operators = ["linear", "polynomial", "rbf", "laplacian", "distance", "cosine"].map((map, group) => ({
        source: 0,
        group,
        map,
        degree: 3,
      }));
      const sources = [{ kind: "features", matrix: big, mean, centredNorm2: norms, dotMean: norms }];
      for (const tile of ["f32", "f64"]) {
        const neighbours = { operators: Uint32Array.from(operators.keys()), count: 7 };
        const [error, found] = await finished((done) =>
          raw.engineJob({ ...spec(), sources, operators, samples: 300, tile, threads: 2, neighbours }, null, done),
        );
        expect(error).toBeNull();
        for (const list of (found as { neighbourIndices: Uint32Array[] }).neighbourIndices) {
          expect(list.length).toBe(300 * 7);
          expect(list.every((index) => index < 300)).toBe(true);
        }
      }
    }
  });

  it("cancel after the end, and twice", async () => {
    let job: { cancel(): void } | undefined;
    await finished((done) => (job = raw.engineJob(spec(), null, done) as { cancel(): void }));
    job?.cancel();
    expect(() => job?.cancel()).not.toThrow();
  });
});

describe("nonsense", () => {
  const anything = fc.anything({ withTypedArray: true, withBigInt: true, withDate: true, maxDepth: 2 });

  it("in any one field never gets past the boundary as anything but a result or a refusal", async () => {
    const field = fc.constantFrom(...Object.keys(spec()), "order", "pairs", "neighbours");
    await fc.assert(
      fc.asyncProperty(field, anything, async (key, value) => {
        const outcome = await new Promise<unknown>((resolve) => {
          const error = thrownBy(() =>
            raw.engineJob({ ...spec(), [key]: value }, null, (...args: unknown[]) => resolve(args[0])),
          );
          if (error !== "nothing was thrown") resolve(error);
        });
        const code = outcome === null ? "NONE" : (outcome as { code: unknown }).code;
        expect(code).toMatch(/^(NONE|INVALID_ARGUMENT)$/);
      }),
      { numRuns: 500 },
    );
  });

  it("as a matrix is refused", () => {
    fc.assert(
      fc.property(anything, fc.constantFrom("data", "dtype", "rows", "cols"), (value, key) => {
        const asWhole = thrownBy(() => raw.facts(value));
        expect(asWhole).toMatchObject({ code: "INVALID_ARGUMENT" });
        // Shrinking finds the one value that may pass: what stood there before.
        fc.pre(!isDeepStrictEqual(value, matrix()[key]));
        expect(thrownBy(() => raw.facts({ ...matrix(), [key]: value }))).toMatchObject({ code: "INVALID_ARGUMENT" });
      }),
      { numRuns: 500, examples: [[new Proxy({}, {}), "data"]] },
    );
  });
});
