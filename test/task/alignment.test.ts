// Alignment to a task against the definitions on small layers and the golden numbers on real ones.
import { readFileSync } from "node:fs";

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { GramMatrix, linear, rbf, Representation, taskAlignment } from "../../lib/index.ts";
import { kernels, represent } from "../property/ask.ts";
import { hardships, related, shapes } from "../property/scenario.ts";
import { goldenKernels, goldenPairs } from "../reference/golden.ts";
import { rounded } from "../twin/dense.ts";
import { at, type Features, features, map } from "../twin/features.ts";
import { gram } from "../twin/gram.ts";
import { gaussian } from "../twin/random.ts";
import { readFeatures } from "../twin/safetensors.ts";
import {
  centredKernelTargetAlignment,
  cumulativePower,
  kare,
  kernelTargetAlignment,
  predictorBound,
  sourceCondition,
  spectralTargetAlignment,
  targetPower,
} from "../twin/task.ts";

const relative = (value: number, reference: number): number => Math.abs(value - reference) / Math.abs(reference);

describe.each(Object.entries(kernels))("under the %s kernel", (_, kernel) => {
  // 17 samples and 6 features: below and above the rank of the linear kernels, with columns that are and are not in the span.
  const x = gaussian(17, 6, 3);
  const y = features(17, 2, (i, j) => at(x, i, j) + 0.3 * Math.sin(7 * i + j));
  const k = gram(x, kernel);
  const dense = rounded(k);

  test("every number is that of the definition", async () => {
    const lambdas = [1e-3, 0.1, 2];
    const exponents = [0, 0.25, 0.5];
    const [found] = (await taskAlignment(represent(x, "x"), represent(y, "y"), { kernel, lambdas, exponents })).layers;
    const power = targetPower(dense, y);
    // Sums of 17² products; resolvents whose condition is at most 10⁴; eigenvalues of 17×17 matrices.
    expect(found!.kta.value).toBeCloseTo(kernelTargetAlignment(k, y), 12);
    expect(found!.centredKta.value).toBeCloseTo(centredKernelTargetAlignment(k, y), 12);
    expect(found!.rank).toBe(power.rank);
    expect(relative(found!.captured, power.captured)).toBeLessThan(1e-11);
    lambdas.forEach((lambda, i) => expect(relative(found!.kare[i]!, kare(dense, y, lambda))).toBeLessThan(1e-10));
    expect(found!.best!.kare).toBe(Math.min(...found!.kare));
    for (let m = 1; m <= power.rank; m += 1) {
      expect(found!.cumulativePower[m - 1]).toBeCloseTo(cumulativePower(power, m), 10);
    }
    exponents.forEach((exponent, i) => {
      expect(relative(found!.sourceCondition[i]!, sourceCondition(power, exponent))).toBeLessThan(1e-9);
    });
    const bound = predictorBound(dense, y);
    expect(found!.predictor!.risk).toBeCloseTo(bound.risk, 12);
    expect(found!.predictor!.bound).toBeCloseTo(bound.bound, 12);
    expect(found!.predictor!.wrongSigns).toBeNull();
  });

  test("of one target in the span, the alignment is Σ η²w²/(√(Σ η²)·Σ ηw²)", async () => {
    const inSpan = features(17, 1, (i) => at(dense, i, 3) - 2 * at(dense, i, 8));
    const [found] = (await taskAlignment(represent(x, "x"), represent(inSpan, "h"), { kernel })).layers;
    const { eigenvalues, power } = found!;
    const weighted = eigenvalues.reduce((sum, eta, i) => sum + eta * power[i]!, 0);
    const total = power.reduce((sum, share) => sum + share, 0);
    expect(found!.captured).toBeCloseTo(1, 12);
    expect(found!.kta.value).toBeCloseTo(weighted / Math.hypot(...eigenvalues) / total, 11);
    expect(found!.kta.value).toBeCloseTo(spectralTargetAlignment(targetPower(dense, inSpan)), 11);
  });

  test("the predictor never errs by more than its bound, and misses no more signs", async () => {
    await fc.assert(
      fc.asyncProperty(
        shapes,
        fc.constantFrom(...Object.keys(hardships)),
        fc.boolean(),
        async (shape, hardship, signs) => {
          const scenario = hardships[hardship]!(related(shape), shape.seed);
          const targets = signs ? map(scenario.y, (value) => (value > 0 ? 1 : -1)) : scenario.y;
          fc.pre(targets.data.some((value) => value !== 0));
          const [found] = (await taskAlignment(represent(scenario.x, "x"), represent(targets, "y"), { kernel })).layers;
          if (found!.status !== "ok") return;
          const { risk, bound, slack, wrongSigns } = found!.predictor!;
          // The two are sums of up to 33·24 terms around 1.
          expect(slack).toBeGreaterThan(-1e-12);
          expect(slack).toBe(bound - risk);
          if (signs) expect(wrongSigns).toBeLessThanOrEqual(risk + 1e-12);
          // For one column the bound's alignment is the kernel–target alignment of the engine.
          if (targets.d === 1) expect(bound).toBeCloseTo(2 * (1 - found!.kta.value), 9);
          // A λ of a tenth of the mean eigenvalue: resolvents of a condition of at most 10·n, whatever the hardship did to the layer.
          const lambda = found!.eigenvalues.reduce((sum, value) => sum + value, 0) / 10 / targets.n;
          const again = await taskAlignment(represent(scenario.x, "x"), represent(targets, "y"), {
            kernel,
            lambdas: [lambda],
          });
          const slowly = kare(rounded(gram(scenario.x, kernel)), targets, lambda);
          expect(relative(again.layers[0]!.kare[0]!, slowly)).toBeLessThan(1e-10);
          for (const [i, value] of found!.cumulativePower.entries()) {
            if (i > 0) expect(value).toBeGreaterThanOrEqual(found!.cumulativePower[i - 1]!);
          }
        },
      ),
      { numRuns: 20, seed: 11 },
    );
  });
});

test("class labels become one-hot columns in the order of the labels, whatever they lie in", async () => {
  const x = represent(gaussian(6, 3, 1), "x");
  const labels = [7, -1, 7, 0, 0, 7];
  const columns = Float64Array.of(0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 1);
  const wanted = await taskAlignment(x, { data: columns, shape: [6, 3] });
  for (const given of [labels, Int8Array.from(labels), BigInt64Array.from(labels.map(BigInt)), labels.map(BigInt)]) {
    const found = await taskAlignment(x, given);
    expect([...found.targets.classes!]).toEqual([-1, 0, 7]);
    expect(found.layers).toEqual(wanted.layers);
  }
  const one = await taskAlignment(x, Float32Array.from(labels));
  expect(one.targets).toMatchObject({ columns: 1, classes: null });
});

test("KARE stays a number where λ is far below and above the spectrum, and the default path follows the layer's scale", async () => {
  const x = gaussian(12, 20, 1);
  const y = represent(gaussian(12, 1, 2), "y");
  const [found] = (await taskAlignment(represent(x, "x"), y, { lambdas: [1e-300, 1e300] })).layers;
  // At λ → ∞ nothing is fitted and KARE is (1/n)‖Y‖².
  const risk = y.toFloat64Array().reduce((sum, value) => sum + value ** 2, 0) / 12;
  expect(found!.kare[1]).toBeCloseTo(risk, 12);
  expect(Number.isFinite(found!.kare[0]!)).toBe(true);
  expect(found!.best!.end).toBe("least");
  const large = map(x, (value) => 1024 * value);
  const [small, scaled] = (await taskAlignment([represent(x, "x"), represent(large, "1024 x")], y)).layers;
  expect(scaled!.best!.lambda / small!.best!.lambda).toBeCloseTo(1024 ** 2, 4);
  small!.kare.forEach((value, i) => expect(relative(scaled!.kare[i]!, value)).toBeLessThan(1e-10));
});

test("a layer that has no number says why, and the others have theirs", async () => {
  const good = represent(gaussian(5, 3, 1), "good");
  const zeros = Representation.fromArray(new Float64Array(10), [5, 2], { name: "zeros" });
  const alike = Representation.fromArray(new Float64Array(5).fill(3), [5, 1], { name: "alike" });
  const mixed = GramMatrix.fromArray(
    Float64Array.from({ length: 25 }, (_, k) => (k % 6 === 0 ? 0 : 1)),
    5,
    { name: "mixed" },
  );
  const { layers } = await taskAlignment([good, zeros, alike, mixed], [0, 1, 0, 1, 1]);
  const [a, b, c, d] = layers;
  expect(a).toMatchObject({ status: "ok", kta: { status: "ok" }, centredKta: { status: "ok" } });
  expect(b).toMatchObject({ status: "undefined", kta: { status: "undefined" }, best: null });
  expect(b!.kta.reason).toContain("of zeros");
  expect(c).toMatchObject({ status: "ok", rank: 1, centredKta: { status: "undefined" } });
  expect(d!.kta.status).toBe("ok");
  expect(d!.reason).toContain("not positive semidefinite");
  // A constant target has no centred alignment with anything.
  const [constant] = (await taskAlignment(good, new Float64Array(5).fill(2))).layers;
  expect(constant!.centredKta.reason).toContain("of the targets");
  expect(constant!.kta.status).toBe("ok");
  // The second coordinate axis is orthogonal to the first: nothing is captured.
  const line = Representation.fromArray(Float64Array.of(1, 0, 0), [3, 1], { name: "line" });
  const [outside] = (await taskAlignment(line, Float64Array.of(0, 1, 0))).layers;
  expect(outside).toMatchObject({ status: "ok", captured: 0, cumulativePower: new Float64Array(0) });
});

test("arguments are looked at", async () => {
  const x = represent(gaussian(5, 3, 1), "x");
  const y = new Float64Array(5).fill(1);
  const refused = async (...call: Parameters<typeof taskAlignment>): Promise<unknown> =>
    await taskAlignment(...call).then(
      () => "answered",
      (error: { code: string }) => error.code,
    );
  expect(await refused([], y)).toBe("INVALID_ARGUMENT");
  expect(await refused(x, new Float64Array(6).fill(1))).toBe("SHAPE_MISMATCH");
  expect(await refused(x, new Float64Array(5))).toBe("INVALID_ARGUMENT");
  expect(await refused(x, [0, 1, 0.5, 1, 0])).toBe("INVALID_ARGUMENT");
  expect(await refused(x, y, { lambdas: [0] })).toBe("INVALID_ARGUMENT");
  expect(await refused(x, y, { lambdas: [] })).toBe("INVALID_ARGUMENT");
  expect(await refused(x, y, { exponents: [-1] })).toBe("INVALID_ARGUMENT");
  expect(await refused([x, represent(gaussian(4, 1, 1), "short")], y)).toBe("SHAPE_MISMATCH");
  expect(await refused(x, {} as never)).toBe("INVALID_ARGUMENT");
});

test("progress is told, threads change nothing, and an aborted call rejects with the reason", async () => {
  const layers = [1, 2, 3].map((seed) => represent(gaussian(300, 8, seed), `layer ${seed}`));
  const y = Int32Array.from({ length: 300 }, (_, i) => i % 4);
  const phases = new Set<string>();
  const one = await taskAlignment(layers, y, {
    kernel: rbf(),
    threads: 1,
    onProgress: ({ phase }) => phases.add(phase),
  });
  const two = await taskAlignment(layers, y, { kernel: rbf(), threads: 2 });
  expect(two.layers).toEqual(one.layers);
  expect(phases).toContain("factors");
  const large = represent(gaussian(1500, 20, 1), "large");
  const controller = new AbortController();
  const stop = new Error("enough");
  const labels = Int32Array.from({ length: 1500 }, (_, i) => i % 2);
  const running = taskAlignment(large, labels, { kernel: rbf(), signal: controller.signal });
  setTimeout(() => controller.abort(stop), 40);
  await expect(running).rejects.toBe(stop);
});

interface Entry {
  readonly a: string;
  readonly rows: number;
  readonly values: Readonly<Record<string, unknown>>;
}
const golden = JSON.parse(readFileSync(new URL("../reference/golden/mnist.json", import.meta.url), "utf8")) as Record<
  string,
  Entry
>;
const oneHot = (rows: number): Features =>
  readFeatures(new URL("../../examples/mnist/targets.safetensors", import.meta.url), "onehot", rows);

describe.each(goldenPairs())("golden: $name", ({ name, x, values }) => {
  const y = represent(oneHot(x.n), "onehot");

  test("kernel–target alignments, KARE and cumulative power", async () => {
    const lambdas = [0.001, 0.1];
    const a = represent(x, "a");
    const [plain] = (await taskAlignment(a, y, { kernel: linear() })).layers;
    const [curved] = (await taskAlignment(a, y, { kernel: goldenKernels["rbf"]!, lambdas })).layers;
    // The reference promises 1e-9 relative.
    expect(relative(plain!.kta.value, values["kta.linear.1"]!)).toBeLessThan(1e-9);
    expect(relative(plain!.centredKta.value, values["kta.linear.centred.1"]!)).toBeLessThan(1e-9);
    expect(relative(curved!.kta.value, values["kta.rbf.1"]!)).toBeLessThan(1e-9);
    expect(relative(curved!.kare[0]!, values["kare.rbf.lambda0.001.1"]!)).toBeLessThan(1e-9);
    expect(relative(curved!.kare[1]!, values["kare.rbf.lambda0.1.1"]!)).toBeLessThan(1e-9);
    const curve = golden[name]!.values["cumulativePower.rbf.1"] as Record<string, number>;
    for (const [m, share] of Object.entries(curve)) {
      expect(relative(curved!.cumulativePower[Number(m) - 1]!, share)).toBeLessThan(1e-9);
    }
    // Nothing of the labels is in no eigenvector of an RBF kernel matrix, whose rank is full.
    expect(curved!.captured).toBeCloseTo(1, 9);
  });
});
