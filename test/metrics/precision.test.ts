// f32 tiles and bases against f64 ones, and features of 16 bits against the same numbers in 32.
import { describe, expect, it } from "vitest";

import { compare, cosine, laplacian, linear, metrics, polynomial, rbf, Representation } from "../../lib/index.ts";
import { numberOfBf16, numberOfF16 } from "../../lib/half.ts";
import { hardCases } from "../twin/cases.ts";
import { type Features, map, roundToFloat32 } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";
import { represent } from "../property/ask.ts";
import { twins } from "./twin-metrics.ts";

const requests = metrics.list().flatMap(({ id, variants }) =>
  (variants.length === 0 ? [undefined] : variants).flatMap((variant) =>
    [{}, ...(twins[id]?.settings ?? [])].map((parameters) => ({
      id,
      parameters,
      ...(variant === undefined ? {} : { variant }),
    })),
  ),
);

const options = {
  metrics: requests,
  kernel: [linear(), cosine(), rbf(), laplacian(), polynomial({ degree: 2 })],
  batch: 8,
} as const;

const cost = new Map(metrics.list().map(({ id, cost: price }) => [id, price]));

// Of f32 work: 1e-4 through a factorisation, 1e-5 for sums over tiles.
const tolerances = { tiles: 1e-5, factor: 1e-4, pair: 1e-4, ranks: 1e-5 } as const;

const named = (name: string) => hardCases.filter((known) => known.name === name);

describe.each(
  [
    "generic",
    "as wide as each other",
    "fewer samples than features",
    "rank-deficient",
    "independent Gaussians",
  ].flatMap(named),
)("$name", ({ a, b }) => {
  it("f32", async () => {
    const [x, y] = [roundToFloat32(a), roundToFloat32(b)];
    const fine = await compare([represent(x, "x")], [represent(y, "y")], { ...options, precision: "f64" });
    for (const dtype of ["f32", "f64"] as const) {
      const layers = [represent(x, "x", dtype), represent(y, "y", dtype)];
      const coarse = await compare([layers[0]!], [layers[1]!], { ...options, precision: "f32" });
      const wrong = fine.matrices.flatMap(({ key, metric, values, reasons }, m) => {
        const [value, other] = [values[0]!, coarse.matrices[m]!.values[0]!];
        const off = Math.abs(other - value) / Math.max(1, Math.abs(value));
        return Object.is(value, other) || off <= tolerances[cost.get(metric)!]
          ? []
          : [{ key, value, other, off, reasons: [reasons[0], coarse.matrices[m]!.reasons[0]] }];
      });
      expect({ dtype, wrong }).toEqual({ dtype, wrong: [] });
    }
  });
});

/** The bits of Gaussian numbers cut off to a half type. */
const halves = {
  bf16: (x: Features): Uint16Array =>
    Uint16Array.from(new Uint32Array(Float32Array.from(x.data).buffer), (bits) => bits >>> 16),
  f16: (x: Features): Uint16Array =>
    Uint16Array.from(x.data, (value) => {
      const exponent = Math.floor(Math.log2(Math.abs(value)));
      const fraction = Math.floor((Math.abs(value) / 2 ** exponent - 1) * 1024);
      return (value < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | fraction;
    }),
};
const numberOf = { bf16: numberOfBf16, f16: numberOfF16 };

it.each(["f16", "bf16"] as const)(
  "%s features are the numbers that they stand for, for every metric",
  async (dtype) => {
    const raw = [gaussian(24, 6, 71), gaussian(24, 6, 72)].map((x) => map(x, (value) => 0.5 * value));
    const narrow = raw.map((x, i) => Representation.fromArray(halves[dtype](x), [x.n, x.d], { name: `${i}`, dtype }));
    const wide = raw.map((x, i) =>
      Representation.fromArray(Float32Array.from(halves[dtype](x), numberOf[dtype]), [x.n, x.d], { name: `${i}` }),
    );
    for (const precision of ["f64", "f32"] as const) {
      const [found, expected] = [
        await compare(narrow, undefined, { ...options, precision }),
        await compare(wide, undefined, { ...options, precision }),
      ];
      // Widening is exact. Sums, of f64 or of tiles of f32, are taken in an order that depends on the type of the features.
      const slack = precision === "f64" ? 1e-12 : 1e-5;
      const wrong = expected.matrices.flatMap(({ key, values }, m) => {
        const own = found.matrices[m]!.values;
        return values.every(
          (v, k) => Object.is(v, own[k]!) || Math.abs(v - own[k]!) <= slack * Math.max(1, Math.abs(v)),
        )
          ? []
          : [{ key, values: Array.from(values), own: Array.from(own) }];
      });
      expect({ precision, wrong }).toEqual({ precision, wrong: [] });
    }
  },
);
