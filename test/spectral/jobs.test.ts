import * as fc from "fast-check";
import { expect, test } from "vitest";

import { native, type NativeFactorRequest, type NativePairSpectraSpec } from "../../lib/native.ts";
import { gaussian } from "../twin/random.ts";
import { factorAll, type FactorQuestion, factorRequest, featuresSource, matrixOf, room } from "./ask.ts";
import { layers } from "./layers.ts";
import { basisMatrix, pairReadings } from "./pair.ts";

const rbf = { map: "rbf", bandwidth: 4, typicalDistance: 4 } as const;

test("factorisations have the same bits on one, two and three threads", async () => {
  const questions: FactorQuestion[] = layers.flatMap(({ x, dtype }) => {
    const source = featuresSource(x, dtype);
    return [
      { source, eigenvalues: false, outputs: [{ kind: "projector" }, { kind: "ridge", kappa: 1 }] },
      { source, outputs: [{ kind: "basis" }, { kind: "right", dtype: "f32" }] },
      { source, map: rbf, tolerance: 1e-8, outputs: [{ kind: "basis" }] },
    ];
  });
  const bits = async (threads: number): Promise<string> =>
    JSON.stringify(
      (await factorAll(questions, threads)).map((found) => [
        ...[found.eigenvalues, ...found.outputs.map(({ data }) => data), ...found.leverages].map((values) =>
          Buffer.from(values.buffer).toString("base64"),
        ),
        [found.rank, found.trace, found.residual, found.route],
      ]),
    );
  const one = await bits(1);
  expect(await bits(2)).toBe(one);
  expect(await bits(3)).toBe(one);
});

/** How long after its abort a promise is refused. */
async function refusedAfter(start: (signal: AbortSignal) => Promise<unknown>): Promise<number> {
  const controller = new AbortController();
  const outcome = start(controller.signal).catch((reason: unknown) => reason);
  await new Promise((resolve) => setTimeout(resolve, 60));
  const aborted = performance.now();
  controller.abort("enough");
  expect(await outcome).toBe("enough");
  return performance.now() - aborted;
}

test("an abort in the middle returns soon", async () => {
  const x = gaussian(700, 300, 1);
  const source = featuresSource(x);
  const many = <T>(item: T): T[] => Array.from({ length: 60 }, () => item);
  const outputs = [{ kind: "basis" }] as const;
  for (const question of [
    { source, outputs },
    { source, map: rbf, outputs: [] },
  ]) {
    // Steps of a factorisation of this size take some tens of milliseconds; the rest is for a machine that is busy.
    expect(await refusedAfter((signal) => factorAll(many(question), 2, signal))).toBeLessThan(250);
  }
  const [found] = await factorAll([{ source, outputs }]);
  const u = basisMatrix(found?.outputs[0] ?? x);
  const pairs = many([0, 0]).flat();
  const readings = many({ what: "values", weights: [null] } as const);
  const refused = await refusedAfter((signal) => pairReadings([u], [300], pairs, readings, 2, signal));
  expect(refused).toBeLessThan(250);
});

const small = gaussian(9, 4, 2);
type Loose = Record<string, unknown>;

const refusalOf = (start: () => unknown): unknown => {
  try {
    start();
  } catch (error) {
    return error;
  }
  return "nothing was thrown";
};
const started = (): never => {
  throw new Error("the job was started");
};
const refusal = { code: "INVALID_ARGUMENT", message: expect.stringMatching(/^Expected .* for .*\.$/) as unknown };

test("requests that would read or write beyond an array are refused", () => {
  const good = factorRequest({
    source: featuresSource(small),
    outputs: [{ kind: "basis" }, { kind: "ridge", kappa: 1 }, { kind: "right" }],
  });
  const [first, second, third] = good.outputs;
  const wrong: Loose[] = [
    { source: undefined },
    { map: { map: "tanh" } },
    { tolerance: -1 },
    { tolerance: 1 },
    { tolerance: NaN },
    { centred: 1 },
    { outputs: {} },
    { outputs: [{ ...first, means: new Float64Array(3) }] },
    { outputs: [{ ...third, means: new Float64Array(4) }] },
    { outputs: [{ ...first, onesResidual: new Float64Array(9) }] },
    { outputs: [{ ...second, onesResidual: new Float64Array(9) }] },
    { outputs: [{ ...first, kind: "projector", onesResidual: new Float64Array(8) }] },
    { outputs: [{ ...second, kind: "explained", kappa: 0 }] },
    { outputs: [{ ...first, matrix: room(9, 3) }] },
    { outputs: [{ ...first, matrix: room(8, 4) }] },
    { outputs: [{ ...first, matrix: matrixOf(small, "f16") }] },
    { outputs: [{ ...first, leverages: new Float64Array(8) }] },
    { outputs: [{ ...first, kind: "left" }] },
    { outputs: [{ ...second, kappa: 0 }] },
    { outputs: [{ ...second, kappa: undefined }] },
    { outputs: [{ ...third, matrix: room(9, 4) }] },
    { outputs: [{ ...third, leverages: new Float64Array(4) }] },
    { outputs: [third], map: rbf },
    { outputs: [first, { ...third, kind: "solver" }] },
    { outputs: [{ ...third, kind: "solver" }], map: rbf },
  ];
  for (const change of wrong) {
    const request = { ...good, ...change } as unknown as NativeFactorRequest;
    expect({ change, thrown: refusalOf(() => native().factorJob([request], 1, null, started)) }).toMatchObject({
      thrown: refusal,
    });
  }
});

test("pairs that would read or write beyond an array are refused", () => {
  const basis = basisMatrix(small);
  const good = {
    bases: [basis, basis],
    ranks: Uint32Array.of(4, 3),
    pairs: Uint32Array.of(0, 1),
    readings: [{ what: "values", weights: [null, new Float64Array(3)] }],
    threads: 1,
  } as const;
  const [reading] = good.readings;
  const wrong: Loose[] = [
    { bases: [basis, basisMatrix(small, "f32")] },
    { bases: [basis, basisMatrix(gaussian(8, 4, 3))] },
    { bases: [matrixOf(small, "f16"), matrixOf(small, "f16")] },
    { ranks: Uint32Array.of(4) },
    { ranks: Uint32Array.of(4, 5) },
    { pairs: Uint32Array.of(0) },
    { pairs: Uint32Array.of(0, 2) },
    { threads: 0 },
    { readings: [{ ...reading, what: "smallest" }] },
    { readings: [{ ...reading, weights: [null] }] },
    { readings: [{ ...reading, weights: [null, new Float64Array(4)] }] },
    { readings: [{ ...reading, weights: [null, new Float32Array(3)] }] },
    { readings: [{ ...reading, what: "weighted" }] },
    { readings: [{ ...reading, what: "weighted", loadings: [basis] }] },
    { readings: [{ ...reading, what: "weighted", loadings: [room(3, 5), room(3, 5)] }] },
  ];
  for (const change of wrong) {
    const spec = { ...good, ...change } as unknown as NativePairSpectraSpec;
    expect({ change, thrown: refusalOf(() => native().pairSpectraJob(spec, null, started)) }).toMatchObject({
      thrown: refusal,
    });
  }
});

test("numbers that no matrix should hold end in an answer or an error", async () => {
  const strange = fc.constantFrom(NaN, Infinity, -Infinity, 1e300, -1e300, 1e-300, 5e-324, 0, 1);
  await fc.assert(
    fc.asyncProperty(fc.array(strange, { minLength: 20, maxLength: 20 }), fc.boolean(), async (entries, centred) => {
      const x = { data: Float64Array.from(entries), n: 5, d: 4 };
      const source = featuresSource(x);
      const gram = { data: Float64Array.from({ length: 25 }, (_, k) => entries[k % 20] ?? 0), n: 5, d: 5 };
      const questions: FactorQuestion[] = [
        { source, centred, outputs: [{ kind: "basis" }, { kind: "right" }] },
        { source, centred, eigenvalues: false, outputs: [{ kind: "projector" }, { kind: "solver" }] },
        { source, centred, eigenvalues: false, outputs: [{ kind: "projector" }, { kind: "ridge", kappa: 1e-300 }] },
        { source, centred, map: rbf, outputs: [{ kind: "ridge", kappa: 1e300 }] },
        { source: { kind: "gram", matrix: matrixOf(gram) }, centred, tolerance: 0.1, outputs: [{ kind: "basis" }] },
      ];
      for (const question of questions) {
        const outcome = await factorAll([question]).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toMatchObject({ code: "NON_FINITE" });
      }
      const readings = (["values", "largest", "logdet"] as const).map((what) => ({ what, weights: [null] }));
      const outcome = await pairReadings([basisMatrix(x)], [4], [0, 0], readings).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toMatchObject({ code: "NON_FINITE" });
    }),
    { numRuns: 60 },
  );
});
