/** Stitched networks of the bundled data, run by gramian and in plain TypeScript. */
import { expect, test } from "vitest";

import {
  ArgumentError,
  loadNetwork,
  Representation,
  splitRows,
  stitchers,
  stitchingBound,
  stitchNetworks,
} from "../../lib/index.ts";
import { forwardPlainly } from "./forward-plainly.ts";

const folder = "examples/mnist";
const seed = 1;

async function read(name: string, layers = "*") {
  return {
    network: await loadNetwork(`${folder}/${name}.weights.safetensors`),
    layers: await Representation.loadAll(`${folder}/${name}.safetensors`, layers),
  };
}

async function targetsOf(): Promise<Representation> {
  return await Representation.load(`${folder}/targets.safetensors`, "onehot");
}

/** Risk and accuracy by the definition. */
function riskPlainly(outputs: readonly (readonly number[])[], targets: Float64Array, rows: ArrayLike<number>) {
  const columns = outputs[0]!.length;
  let [sum, hits] = [0, 0];
  for (let k = 0; k < rows.length; k += 1) {
    const i = rows[k]!;
    const wanted = targets.subarray(i * columns, (i + 1) * columns);
    for (const [j, output] of outputs[i]!.entries()) sum += (output - wanted[j]!) ** 2;
    if (outputs[i]!.indexOf(Math.max(...outputs[i]!)) === wanted.indexOf(1)) hits += 1;
  }
  return { risk: sum / rows.length, accuracy: hits / rows.length };
}

test("every stitched network gives the risk and the accuracy that running it in plain TypeScript gives", async () => {
  const [a, b, targets] = [await read("mlp-a"), await read("mlp-b"), await targetsOf()];
  const result = await stitchNetworks(a, b, targets, { split: 0.8, seed });
  const split = splitRows(1000, 0.8, { seed });
  const truth = targets.toFloat64Array();
  const [forth] = result.directions;
  expect(forth!.pairs).toHaveLength(16);
  for (const { from, to, fitted, heldOut } of forth!.pairs) {
    const [source, target] = [a.layers[from]!, b.layers[to]!];
    const stitcher = await stitchers.affine().fit(source, target, { rows: split.fitted });
    const { weights, bias } = stitcher.map()!;
    const outputs = forwardPlainly(`${folder}/mlp-b.weights.safetensors`, to + 1, source, { weights, bias: bias! });
    for (const [found, rows] of [
      [fitted!, split.fitted],
      [heldOut!, split.heldOut],
    ] as const) {
      const plain = riskPlainly(outputs, truth, rows);
      // Sums of a hundred products in f64, in another order; 1e-6 is what is asked for.
      expect(Math.abs(found.risk - plain.risk)).toBeLessThanOrEqual(1e-9 * plain.risk);
      expect(found.accuracy).toBe(plain.accuracy);
      expect(found.samples).toBe(rows.length);
    }
  }
}, 120_000);

test("the sweep says what its parts say, pair by pair", async () => {
  const [a, wide, targets] = [await read("mlp-a", "relu*"), await read("mlp-wide", "relu*"), await targetsOf()];
  const baseline = await read("mlp-random", "relu*");
  const options = { split: 0.7, seed, stitcher: stitchers.ridge({ lambda: 0.01 }), baseline };
  const result = await stitchNetworks(a, wide, targets, options);
  const split = splitRows(1000, 0.7, { seed });
  expect(result.directions.map(({ from, to }) => [from, to])).toEqual([
    [0, 1],
    [1, 0],
    [2, 0],
    [2, 1],
  ]);
  const networks = [a, wide, baseline];
  for (const { from, to, pairs, gap } of result.directions) {
    const pair = pairs[5]!;
    const [source, target] = [networks[from]!.layers[pair.from]!, networks[to]!.layers[pair.to]!];
    const stitcher = await options.stitcher.fit(source, target, { rows: split.fitted });
    const head = networks[to]!.network.head(target.name);
    const bound = await stitchingBound({ source, target, stitcher, head, targets }, { rows: split.heldOut });
    const { kappa, rows, ...evaluation } = bound;
    expect(pair.heldOut).toEqual(evaluation);
    expect(rows).toEqual(split.heldOut);
    expect(result.networks[to]!.layers[pair.to]!.lipschitz).toEqual(kappa);
    const excesses = pairs.map(({ heldOut }) => heldOut!.bound - heldOut!.ownRisk);
    // The bound less the risk of the same layer, against κ²Ã + 2κ√(ÃR) with the network's risk: risks of a network's layers agree to f32.
    expect(gap.heldOut!.bound).toBeCloseTo(Math.min(...excesses), 4);
    expect(gap.heldOut!.difference).toBe(result.networks[from]!.heldOut!.risk - result.networks[to]!.heldOut!.risk);
    for (const { way, from: i, to: j, fitted, heldOut } of pairs) {
      expect(way).toBe(i === j ? "level" : i < j ? "forward" : "backward");
      for (const found of [fitted!, heldOut!]) {
        expect(found.slack).toBeGreaterThanOrEqual(0);
        expect(found.excess).toBe(found.risk - found.ownRisk);
      }
    }
  }
  // The untrained network's own risk is far above what a stitcher makes of its features: the classes are not nested in the trained one.
  expect(result.directions[2]!.gap.heldOut!.refuted).toBe(true);
  expect(result.networks[2]!.baseline).toBe(true);
}, 120_000);

test("a layer stitched to itself costs nothing", async () => {
  const [a, targets] = [await read("mlp-a", "relu3"), await targetsOf()];
  const { directions } = await stitchNetworks(a, a, targets);
  const { fitted, heldOut } = directions[0]!.pairs[0]!;
  // The identity is found by least squares on features of a condition of a few hundred: rounding, squared.
  expect(fitted!.misalignment).toBeLessThan(1e-20);
  expect(Math.abs(fitted!.excess)).toBeLessThan(1e-9);
  expect(heldOut).toBeNull();
});

test("what does not fit is refused with what was expected and found", async () => {
  const [a, b, targets] = [await read("mlp-a", "relu*"), await read("mlp-b", "relu*"), await targetsOf()];
  const refused = async (call: () => Promise<unknown>, code: string, words: RegExp): Promise<void> => {
    const error = await call().then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ArgumentError);
    expect((error as ArgumentError).code).toBe(code);
    expect((error as ArgumentError).message).toMatch(words);
  };
  const few = targets.rows(Uint32Array.from({ length: 900 }, (_, i) => i));
  await refused(() => stitchNetworks(a, b, few), "SHAPE_MISMATCH", /1000 samples.* 900/);
  const narrow = Representation.fromArray(new Float64Array(1000 * 3).fill(1), [1000, 3]);
  await refused(() => stitchNetworks(a, b, narrow), "SHAPE_MISMATCH", /Expected 10 target columns.*1000×3/);
  const foreign = { ...a, layers: b.layers.map((layer) => layer.rows([0, 1, 2])) };
  await refused(() => stitchNetworks(foreign, b, targets), "SHAPE_MISMATCH", /same samples/);
  const renamed = {
    ...a,
    layers: [Representation.fromArray(new Float64Array(128_000).fill(1), [1000, 128], { name: "conv9" })],
  };
  await refused(() => stitchNetworks(renamed, b, targets), "NO_SUCH_POINT", /conv9/);
  const head = b.network.head("relu3");
  const [source, target] = [a.layers[0]!, b.layers[0]!];
  const stitcher = await stitchers.affine().fit(source, target);
  await refused(
    () => stitchingBound({ source, target, stitcher, head, targets }),
    "SHAPE_MISMATCH",
    /Expected 64 features for the head.*128/,
  );
  await refused(() => stitchNetworks(a, b, targets, { split: 0 }), "INVALID_ARGUMENT", /split/);
  await refused(() => stitchNetworks(a, b, targets, { split: 0.9999 }), "INVALID_ARGUMENT", /held out/);
});
