// A Gram matrix in the place of the features that it comes from, for every metric; and every metric asked for by itself.
import { describe, expect, it } from "vitest";

import {
  compare,
  cosine,
  GramMatrix,
  type Kernel,
  laplacian,
  linear,
  metrics,
  polynomial,
  rbf,
  type Representation,
} from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { type HardCase, hardCases } from "../twin/cases.ts";
import { type Features, map } from "../twin/features.ts";
import { gram } from "../twin/gram.ts";
import { gaussian } from "../twin/random.ts";
import { TwinPair } from "./twin-pair.ts";
import { twins } from "./twin-metrics.ts";

const requests = metrics.list().flatMap(({ id, variants }) =>
  (variants.length === 0 ? [undefined] : variants.filter((variant) => variant !== "minibatch")).flatMap((variant) =>
    [{}, ...(twins[id]?.settings ?? [])].map((parameters) => ({
      id,
      parameters,
      ...(variant === undefined ? {} : { variant }),
    })),
  ),
);

type Layer = Representation | GramMatrix;

const asGram = (x: Features, kernel: Kernel, name: string): GramMatrix =>
  GramMatrix.fromArray(gram(x, kernel).toNumbers(), x.n, { name });

/** Metrics that read rows: distances between them, their means, or what a variate makes of each feature. */
const readsRows = /^(rsa-(pearson|cosine)(?!\(distance=squared)|rsa-(spearman|kendall)|dco|mmd2|gaussian-w2)/;
const weightedBy: Readonly<Record<string, number>> = { "pwcca.forward": 0, "pwcca.backward": 1 };

// Features far from the origin, or of sizes 300 to 1e12 apart once squared, are more than the digits of a Gram matrix hold.
const cases = hardCases.filter(({ name }) => !/offset|scale|outlier|near-duplicate/.test(name));

async function wrongOf({ a, b }: HardCase, kernel: Kernel): Promise<object[]> {
  const options = { metrics: requests, kernel, precision: "f64" } as const;
  const features: [Layer, Layer] = [represent(a, "a"), represent(b, "b")];
  const grams: [Layer, Layer] = [asGram(a, kernel, "a"), asGram(b, kernel, "b")];
  const pair = new TwinPair(a, b);
  const swapped = pair.swapped();
  const expected = await compare([features[0]], [features[1]], options);
  const wrong: object[] = [];
  for (const given of [grams, [grams[0], features[1]], [features[0], grams[1]]] as const) {
    const found = await compare([given[0]], [given[1]], options);
    for (const [m, { name, metric, variant, parameters, values, reasons }] of found.matrices.entries()) {
      // Metrics of the features themselves take a Gram matrix for one of linear kernels.
      if (metrics.get(metric).kernel === null && kernel.kind !== "linear") continue;
      // What is predicted is features, or the Gram matrix of a linear kernel.
      const predicted = given[variant === "backward" ? 0 : 1];
      if (/misalignment/.test(metric) && predicted instanceof GramMatrix && kernel.kind !== "linear") continue;
      const whose = weightedBy[name];
      const refused = whose === undefined ? readsRows.test(name) : given[whose] instanceof GramMatrix;
      const [value, other] = [values[0]!, expected.matrices[m]!.values[0]!];
      if (refused) {
        if (!/is a Gram matrix: it has no features|is constant over its features/.test(reasons[0] ?? ""))
          wrong.push({ name, value, reason: reasons[0] });
        continue;
      }
      // A Gram matrix has been rounded once more, and small eigenvalues feel the largest; see the twins.
      const asked = { variant, parameters, kernel };
      const floor = twins[metric]!.floor?.(variant === "backward" ? swapped : pair, asked, other) ?? 0;
      if (Object.is(value, other) || Math.abs(value - other) <= 1e-9 * Math.abs(other) + floor) continue;
      wrong.push({ name, value, other, reason: reasons[0] });
    }
  }
  return wrong;
}

describe.each(cases)("$name", (hardCase) => {
  it.each([linear(), cosine(), rbf(), laplacian(), polynomial({ degree: 2 })])("$kind", async (kernel) => {
    expect(await wrongOf(hardCase, kernel)).toEqual([]);
  });
});

it("no metric depends on what else is asked for", async () => {
  const x = map(gaussian(14, 4, 91), (value) => 0.3 * value);
  const layers: Layer[] = [
    represent(x, "features"),
    represent(
      map(gaussian(14, 6, 92), (value) => 0.3 * value),
      "other width",
    ),
    asGram(x, linear(), "gram"),
    represent(
      map(x, (value, i) => (i === 3 ? 0 : value)),
      "zero row",
    ),
    represent(
      map(x, () => 1),
      "constant",
    ),
  ];
  for (const kernel of [undefined, rbf()]) {
    const options = { precision: "f64", ...(kernel === undefined ? {} : { kernel }) } as const;
    const all = await compare(layers, undefined, { ...options, metrics: requests });
    const wrong: object[] = [];
    for (const [m, request] of requests.entries()) {
      const { matrices } = await compare(layers, undefined, { ...options, metrics: [request] });
      const [alone, among] = [matrices[0]!, all.matrices[m]!];
      expect(among.key).toBe(alone.key);
      const reason = ({ status, reasons }: typeof alone, k: number) => reasons[status[k]! - 1];
      for (const [k, value] of alone.values.entries()) {
        const other = among.values[k]!;
        // Another route to the same factorisation, where a spectrum is wanted besides; a cosine between equal layers shows it most.
        const close = Object.is(value, other) || Math.abs(value - other) <= 1e-11 * Math.max(1e-3, Math.abs(value));
        if (!close || reason(alone, k) !== reason(among, k)) {
          wrong.push({ key: alone.key, k, value, other, reasons: [reason(alone, k), reason(among, k)] });
        }
      }
    }
    expect(wrong).toEqual([]);
  }
});
