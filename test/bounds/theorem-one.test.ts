/** Theorem 1 on random networks: never violated, on fitted and on held-out rows, whatever the stitcher. */
import { expect, test } from "vitest";

import {
  type Head,
  heads,
  Representation,
  rbf,
  splitRows,
  stitchers,
  stitchingBound,
  type StitcherMethod,
} from "../../lib/index.ts";
import { uniform } from "../twin/random.ts";

/** Cases a test; seven stitcher classes × 300, each on fitted and on held-out rows. */
const cases = 300;

interface Draw {
  readonly next: () => number;
  readonly normal: () => number;
  readonly integer: (least: number, most: number) => number;
  readonly pick: <T>(from: readonly T[]) => T;
}

function draws(seed: number): Draw {
  const next = uniform(seed);
  return {
    next,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    integer: (least, most) => least + Math.floor(next() * (most - least + 1)),
    pick: (from) => from[Math.floor(next() * from.length)]!,
  };
}

/** Features with what networks do to them: dead units, twins, offsets, units far smaller than others. */
function layer(n: number, d: number, { normal, pick, integer }: Draw, name: string): Representation {
  const kind = pick(["plain", "relu", "offset", "deficient", "scaled", "constant"]);
  const data = Float64Array.from({ length: n * d }, normal);
  const dead = integer(0, d - 1);
  for (let k = 0; k < data.length; k += 1) {
    const j = k % d;
    if (kind === "relu") data[k] = Math.max(0, data[k]!);
    if (kind === "offset") data[k]! += 1e3;
    if (kind === "deficient" && j > 0 && j % 2 === 1) data[k] = 2 * data[k - 1]!;
    if (kind === "scaled") data[k]! *= 10 ** ((j % 5) - 2);
    if (kind === "constant" && j === dead) data[k] = 0.3;
  }
  return Representation.fromArray(data, [n, d], { name });
}

function matrix(rows: number, cols: number, { normal }: Draw, scale: number): Float64Array {
  return Float64Array.from({ length: rows * cols }, () => scale * normal());
}

/** A linear head or a network of one to three layers. */
function randomHead(d: number, t: number, draw: Draw): Head {
  const { integer, next, pick } = draw;
  const linear = (rows: number, cols: number) => ({
    kind: "linear" as const,
    weights: matrix(rows, cols, draw, 0.2 + next()),
    shape: [rows, cols] as const,
    ...(next() < 0.5 ? { bias: matrix(rows, 1, draw, 1) } : {}),
  });
  if (next() < 0.3) {
    const { weights, shape, bias } = linear(t, d);
    return heads.linear({ weights, shape, ...(bias === undefined ? {} : { bias }) });
  }
  const activations = [
    { kind: "relu" },
    { kind: "leaky_relu", slope: 0.1 },
    { kind: "tanh" },
    { kind: "sigmoid" },
    { kind: "gelu" },
    { kind: "gelu_tanh" },
    { kind: "silu" },
    { kind: "softmax" },
  ] as const;
  const depth = integer(1, 3);
  const layers: Parameters<typeof heads.network>[0][number][] = [];
  let width = d;
  for (let k = 0; k < depth; k += 1) {
    const last = k === depth - 1;
    const wide = last ? t : integer(1, 8);
    layers.push(linear(wide, width));
    if (!last || next() < 0.3) layers.push(pick(activations));
    width = wide;
  }
  return heads.network(layers);
}

const methods: readonly [string, (draw: Draw) => StitcherMethod][] = [
  ["linear", () => stitchers.linear()],
  ["affine", () => stitchers.affine()],
  ["ridge", ({ pick }) => stitchers.ridge({ lambda: pick([0, 1e-3, 0.1, 10, "loo", "gcv"] as const) })],
  ["orthogonal", ({ next }) => stitchers.orthogonal({ scale: next() < 0.5 })],
  ["permutation", () => stitchers.permutation()],
  ["low-rank", ({ integer }) => stitchers.lowRank({ rank: integer(1, 3) })],
  [
    "kernel-ridge",
    ({ pick }) => stitchers.kernelRidge({ kernel: rbf({ bandwidth: 2 }), lambda: pick([1e-3, 0.1, "loo"] as const) }),
  ],
];

test.each(methods)(
  "theorem 1 is never violated by %s stitchers",
  async (name, make) => {
    let heldOut = 0;
    for (let seed = 0; seed < cases; seed += 1) {
      const draw = draws(7919 * seed + name.length * 31 + name.charCodeAt(0));
      const [n, d1, d2, t] = [draw.integer(6, 40), draw.integer(1, 9), draw.integer(1, 9), draw.integer(1, 4)];
      const [source, target] = [layer(n, d1, draw, "source"), layer(n, d2, draw, "target")];
      const head = randomHead(d2, t, draw);
      const targets = Representation.fromArray(matrix(n, t, draw, 1), [n, t], { name: "targets" });
      const split = splitRows(n, 0.7, { seed });
      const stitcher = await make(draw).fit(source, target, { rows: split.fitted });
      for (const rows of [split.fitted, split.heldOut]) {
        const { risk, bound, slack } = await stitchingBound({ source, target, stitcher, head, targets }, { rows });
        // Both sides are sums of a few hundred products in f64; where the bound is tight (a perfect match, a head of one output) they differ
        // by rounding, which offsets of 10³ magnify by 10⁶ in squares.
        expect(slack, `seed ${seed}: ${head.name}, risk ${risk}, bound ${bound}`).toBeGreaterThanOrEqual(
          -1e-9 * (1 + bound),
        );
        heldOut += 1;
      }
    }
    expect(heldOut).toBe(2 * cases);
  },
  240_000,
);
