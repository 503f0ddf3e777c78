// On every hard case: a pair the other way round, a layer with itself and with its copy.
import { describe, expect, it } from "vitest";

import {
  compare,
  type Comparison,
  cosine,
  describeKernel,
  laplacian,
  linear,
  type MetricMatrix,
  metrics,
  polynomial,
  rbf,
} from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { basis } from "../twin/canonical.ts";
import { hardCases } from "../twin/cases.ts";
import { centre } from "../twin/centring.ts";
import type { Features } from "../twin/features.ts";
import { eigen } from "../twin/jacobi.ts";
import { TwinPair } from "./twin-pair.ts";
import { type Asked, twins } from "./twin-metrics.ts";

const kernels = [linear(), cosine(), rbf(), laplacian(), polynomial({ degree: 2 })];
const catalogue = new Map(metrics.list().map((entry) => [entry.id, entry]));

const requests = metrics.list().flatMap(({ id, variants }) =>
  (variants.length === 0 ? [undefined] : variants.filter((variant) => variant !== "minibatch")).flatMap((variant) =>
    [{}, ...(twins[id]?.settings ?? [])].map((parameters) => ({
      id,
      parameters,
      ...(variant === undefined ? {} : { variant }),
    })),
  ),
);

const options = { metrics: requests, kernel: kernels, precision: "f64" } as const;

const askedOf = ({ variant, parameters, kernel }: MetricMatrix): Asked => ({
  variant,
  parameters,
  kernel: kernels.find((known) => describeKernel(known) === kernel) ?? linear(),
});

const turned: Readonly<Record<string, string>> = { forward: "backward", backward: "forward" };

/** The matrix of a directed metric the other way; a symmetric one's own. */
function reversed({ matrices }: Comparison, { key, variant }: MetricMatrix): MetricMatrix {
  const wanted = key.replace(`.${variant}`, `.${turned[variant ?? ""] ?? variant}`);
  return matrices.find((matrix) => matrix.key === wanted)!;
}

const rounding = 64 * Number.EPSILON;

/** What more may be wrong with a layer's own number, in units of its own size. */
function ownFloor(metric: string, x: Features, { kernel, parameters }: Asked, pair: TwinPair): number {
  if (/^(procrustes|gaussian-w2|shape)$/.test(metric)) {
    // σ of XᵀX as roots of eigenvalues of its square: the smallest has the rounding of the largest, (σ₁/σ_r)³ times over.
    const { values } = basis(x);
    const [first, last] = [values[0] ?? NaN, values.at(-1) ?? NaN];
    const error = (rounding * (first / last) ** 2) / values.length;
    if (metric === "shape") return Math.sqrt(error);
    return (error * first ** 2) / (metric === "procrustes" ? 1 : x.n);
  }
  if (metric === "nocco" && kernel.kind === "polynomial") {
    // Eigenvalues below the rounding of the kernel's largest entry are as good as any, and κ does not hide them.
    const k = pair.grams(kernel)[0];
    const noise = rounding * Math.max(...k.toNumbers());
    const { values } = eigen({ data: centre(k).toNumbers(), n: x.n, d: x.n });
    const ridge = x.n * Number(parameters["kappa"]);
    return values.reduce((sum, value) => sum + Math.min(1, noise / (Math.max(value, 0) + ridge)), 0);
  }
  return 0;
}

/** Nats a correlation from which it may be refused as 1 to rounding: 1 − r² = 7e-13, where a ridge is that far below the variance. */
const refusable = 14;

describe.each(hardCases)("$name", ({ a, b }) => {
  it("the other way round", async () => {
    const [first, second] = [represent(a, "a"), represent(b, "b")];
    const there = await compare([first], [second], options);
    const back = await compare([second], [first], options);
    const among = await compare([first, second], undefined, options);
    const pair = new TwinPair(a, b);
    const swapped = pair.swapped();
    const wrong = there.matrices.flatMap((matrix, m) => {
      const { key, metric, variant, symmetric } = matrix;
      const value = matrix.values[0]!;
      const returned = reversed(back, matrix).values[0]!;
      const above = among.matrices[m]!.values[1]!;
      const below = reversed(among, matrix).values[2]!;
      // Sums in another order; a matrix itself is symmetric to the bit.
      const floor = twins[metric]!.floor?.(variant === "backward" ? swapped : pair, askedOf(matrix), value) ?? 0;
      const close = (other: number): boolean =>
        Object.is(value, other) || Math.abs(value - other) <= 1e-11 * Math.abs(value) + floor;
      return [returned, above, below].every(close) && (!symmetric || Object.is(above, below))
        ? []
        : [{ key, value, returned, above, below }];
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    ["a", a],
    ["b", b],
  ])("%s with itself, and with a copy", async (_, x) => {
    const { matrices } = await compare([represent(x, "x"), represent(x, "copy")], undefined, options);
    const pair = new TwinPair(x, x);
    const wrong = matrices.flatMap((matrix) => {
      const { key, metric, values, status, reasons } = matrix;
      const asked = askedOf(matrix);
      const expected = twins[metric]!.answer(pair, asked);
      if (Array.from(values).every((value) => Object.is(value, expected))) return [];
      const tolerance = 1e-9 * Math.abs(expected) + (twins[metric]!.floor?.(pair, asked, expected) ?? 0);
      const close = (value: number, slack: number): boolean => Math.abs(value - expected) <= tolerance + slack;
      if (Array.from(values).every((value) => close(value, 0))) return [];
      const slack = ownFloor(metric, x, asked, pair);
      const refused = /^(kgv|gaussian-mi)$/.test(metric) && expected / basis(x).rank > refusable;
      const wanting = Array.from(values).every(
        (value, k) => close(value, slack) || (refused && /κ is too small/.test(reasons[status[k]! - 1] ?? "")),
      );
      return wanting ? [] : [{ key, values: Array.from(values), expected, tolerance, slack, reasons }];
    });
    expect(wrong).toEqual([]);
  });
});

it("the best value of a normalised metric is what a layer has with itself", async () => {
  // A neighbour need not have the sample for a neighbour, so cycles may fail; κ keeps KCC below 1; platonic-rep adds 1e-6 to denominators.
  const short = /^(kcc|cycle-knn|platonic-.*)$/;
  const { a } = hardCases[0]!;
  const { matrices } = await compare([represent(a, "a")], undefined, options);
  const wrong = matrices.flatMap(({ key, metric, variant, parameters, kernel, sense, values }) => {
    const best = catalogue.get(metric)!.range[sense === "distance" ? 0 : 1];
    // A ridge, or the kernel of one side alone, leaves something of the layer itself.
    const plain = !/misalignment/.test(metric) || (parameters["lambda"] === 0 && kernel === "linear");
    if (best === null || !plain || short.test(metric) || variant === "unbiased") return [];
    // Roots of roundings for distances that are differences, or angles.
    return Math.abs(values[0]! - best) <= (sense === "distance" ? 1e-7 : 1e-13) ? [] : [{ key, value: values[0] }];
  });
  expect(wrong).toEqual([]);
});
