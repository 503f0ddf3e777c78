// Results of a sweep that never ran, but whose numbers fit together as those of one that did.
import type {
  Lipschitz,
  OwnRisk,
  RiskGap,
  StitchDirection,
  StitchedNetwork,
  StitchedPair,
  StitchEvaluation,
  StitchingResult,
  TwoSidedGap,
} from "../../lib/stitching-result.ts";
import { generator, layer } from "./sample.ts";

export interface StitchingSampleOptions {
  /** Of each network. */
  readonly layers?: number;
  readonly heldOut?: boolean;
  readonly baseline?: boolean;
  /** Of the layers, in order of depth; `blocks.0 …` by default, or those of a small network where there are four. */
  readonly names?: readonly string[];
  readonly networks?: readonly [string, string, string];
  /** Takes κ away from the first layer of the second network: its bounds are +∞. */
  readonly withoutKappa?: boolean;
}

const reason = "the features of this layer are constant on the rows to fit on";

function kappaOf(index: number, layers: number, random: () => number): Lipschitz {
  const left = layers - 1 - index;
  if (left === 0) return { constant: 1, method: "exact", parts: [] };
  const parts = Array.from({ length: left }, (_, k) => ({ name: `l.${index + k + 1}`, constant: 1.3 + random() }));
  const [only] = parts;
  if (left === 1) return { constant: only!.constant, method: "exact", parts };
  const factors = parts.flatMap((part, k) => (k === 0 ? [part] : [{ name: "relu", constant: 1 }, part]));
  return {
    constant: parts.reduce((product, { constant }) => product * constant, 1),
    method: "spectral-product",
    parts: factors,
  };
}

function evaluation(
  samples: number,
  own: OwnRisk,
  kappa: number,
  misalignment: number,
  excess: number,
): StitchEvaluation {
  const bound = (Math.sqrt(own.risk) + kappa * Math.sqrt(misalignment)) ** 2;
  // What was drawn may be more than theorem 1 lets it be.
  const risk = Math.min(own.risk + excess, bound);
  const accuracy = Math.max(0.1, 1 - risk / 1.1);
  return {
    samples,
    risk,
    accuracy,
    ownRisk: own.risk,
    excess: risk - own.risk,
    misalignment,
    bound,
    slack: bound - risk,
  };
}

function gapOf(pairs: readonly StitchedPair[], from: number, to: number, set: "fitted" | "heldOut"): RiskGap {
  const found = pairs.flatMap((pair, index) => {
    const one = pair[set];
    return one === null ? [] : [{ index, excess: one.bound - one.ownRisk, risk: one.risk }];
  });
  const difference = from - to;
  const [least] = found.filter(({ excess }) => excess < Infinity).toSorted((a, b) => a.excess - b.excess);
  const leastStitched = found.length === 0 ? null : Math.min(...found.map(({ risk }) => risk));
  return {
    difference,
    leastStitched,
    refuted: leastStitched !== null && leastStitched < from,
    bound: least?.excess ?? null,
    slack: least === undefined ? null : least.excess - difference,
    pair: least?.index ?? null,
  };
}

function twoSided(forth: RiskGap, back: RiskGap): TwoSidedGap {
  const bound = forth.bound === null || back.bound === null ? null : Math.max(forth.bound, back.bound);
  return { difference: Math.abs(forth.difference), bound };
}

/** Two trained networks and an untrained one; the second layer of the first has no stitcher to the last of the second. */
export function stitchingSample(options: StitchingSampleOptions = {}): StitchingResult {
  const { layers = 4, heldOut = true, baseline = true, withoutKappa = false } = options;
  const rows = heldOut
    ? { fitted: 800, heldOut: 200, split: 0.8, seed: 1 }
    : { fitted: 1000, heldOut: 0, split: 1, seed: 0 };
  const random = generator(layers + 31);
  const small = ["relu1", "relu2", "relu3", "logits"];
  const names = options.names ?? Array.from({ length: layers }, (_, i) => (layers === 4 ? small[i]! : `blocks.${i}`));
  const [first, second, third] = options.networks ?? ["mlp-a", "mlp-b", "mlp-random"];
  const depths = names.map((_, i) => (i + 1) / names.length);
  const network = (name: string, risk: number, accuracy: number, untrained: boolean): StitchedNetwork => ({
    name,
    baseline: untrained,
    fitted: { risk, accuracy },
    heldOut: heldOut ? { risk: risk * 1.09, accuracy: accuracy - 0.004 } : null,
    layers: names.map((own, i) => {
      const none = withoutKappa && name === second && i === 0;
      return {
        layer: layer(own, `runs/${name}.safetensors`, i === names.length - 1 ? 10 : 128 - 8 * (i % 5)),
        depth: depths[i]!,
        lipschitz: none ? null : kappaOf(i, names.length, random),
        reason: none ? "layer norm has no Lipschitz constant" : null,
      };
    }),
  });
  const networks = [
    network(first, 0.0712, 0.967, false),
    network(second, 0.0731, 0.969, false),
    ...(baseline ? [network(third, 1.0648, 0.113, true)] : []),
  ];
  const pair = (from: number, to: number, i: number, j: number): StitchedPair => {
    const [source, target] = [networks[from]!, networks[to]!];
    const [u, v] = [depths[i]!, depths[j]!];
    const way = u < v ? "forward" : u > v ? "backward" : "level";
    const alike = source.baseline
      ? 0.42 - 0.35 * v + 0.05 * random()
      : 0.93 * Math.exp(-(((u - v) * 2.2) ** 2)) + 0.04 * random();
    const common = { from: i, to: j, way, lambda: null, cka: alike, ka: Math.min(1, alike + 0.05) } as const;
    const dead = from === 0 && to === 1 && i === 1 && j === names.length - 1;
    if (dead)
      return { ...common, status: "undefined", reason, rank: null, fitted: null, heldOut: null, cka: NaN, ka: NaN };
    const kappa = target.layers[j]!.lipschitz?.constant ?? Infinity;
    const misalignment = (1.02 - alike) * (1.2 + random());
    const excess =
      (source.baseline ? 0.1 + 0.3 * v : 0.28 * (1 - alike) ** 2 - 0.002 + 0.004 * random()) * (0.8 + 0.4 * random());
    return {
      ...common,
      status: "ok",
      reason: null,
      rank: 128,
      fitted: evaluation(rows.fitted, target.fitted, kappa, misalignment, excess),
      heldOut:
        target.heldOut === null
          ? null
          : evaluation(rows.heldOut, target.heldOut, kappa, misalignment * 1.4, excess * 1.5 + 0.004),
    };
  };
  const direction = (from: number, to: number): StitchDirection => {
    const pairs = names.flatMap((_, i) => names.map((__, j) => pair(from, to, i, j)));
    const [one, other] = [networks[from]!, networks[to]!];
    return {
      from,
      to,
      pairs,
      gap: {
        fitted: gapOf(pairs, one.fitted.risk, other.fitted.risk, "fitted"),
        heldOut:
          one.heldOut === null || other.heldOut === null
            ? null
            : gapOf(pairs, one.heldOut.risk, other.heldOut.risk, "heldOut"),
      },
    };
  };
  const directions = [direction(0, 1), direction(1, 0), ...(baseline ? [direction(2, 0), direction(2, 1)] : [])];
  const [forth, back] = [directions[0]!.gap, directions[1]!.gap];
  return {
    samples: 1000,
    rows,
    stitcher: "affine",
    targets: { name: "onehot", columns: 10 },
    networks,
    directions,
    twoSided: {
      fitted: twoSided(forth.fitted, back.fitted),
      heldOut: forth.heldOut === null || back.heldOut === null ? null : twoSided(forth.heldOut, back.heldOut),
    },
    timings: { stitchers: 812.4, heads: 430.9, total: 1271.2 },
    options: { stitcher: "affine", split: rows.split, seed: rows.seed, threads: 2 },
  };
}
