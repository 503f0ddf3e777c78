import { describe, expect, it } from "vitest";

import { compare, cosine, describeKernel, laplacian, linear, metrics, polynomial, rbf } from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { hardCases } from "../twin/cases.ts";
import { TwinPair } from "./twin-pair.ts";
import { twins } from "./twin-metrics.ts";

const ordinary = [linear(), cosine(), rbf(), laplacian()];
const kernels = [...ordinary, polynomial({ degree: 2 })];
// Their squares and products leave a polynomial no digits for the small eigenvalues that a ridge κ asks about.
const tooFar = /offset|scale|outlier/;

// Every metric, every variant, its default parameters and those that its twin names. (Minibatches have their own tests.)
const requests = metrics.list().flatMap(({ id, variants }) =>
  (variants.length === 0 ? [undefined] : variants.filter((variant) => variant !== "minibatch")).flatMap((variant) =>
    [{}, ...(twins[id]?.settings ?? [])].map((parameters) => ({
      id,
      parameters,
      ...(variant === undefined ? {} : { variant }),
    })),
  ),
);

it("every metric of the catalogue has a twin", () => {
  expect(metrics.list().flatMap(({ id }) => (id in twins ? [] : [id]))).toEqual([]);
});

describe.each(hardCases)("every metric against its twin: $name", ({ name, a, b }) => {
  it("f64", async () => {
    const result = await compare([represent(a, "a")], [represent(b, "b")], {
      metrics: requests,
      kernel: tooFar.test(name) ? ordinary : kernels,
      precision: "f64",
    });
    const there = new TwinPair(a, b);
    const back = there.swapped();
    const wrong: object[] = [];
    for (const { key, metric, variant, parameters, kernel, values, reasons } of result.matrices) {
      const asked = {
        variant,
        parameters,
        kernel: kernels.find((known) => describeKernel(known) === kernel) ?? linear(),
      };
      const pair = variant === "backward" ? back : there;
      const expected = twins[metric]!.answer(pair, asked);
      const value = values[0]!;
      if (Object.is(value, expected)) continue;
      const tolerance = 1e-9 * Math.abs(expected) + (twins[metric]!.floor?.(pair, asked, expected) ?? 0);
      if (!(Math.abs(value - expected) <= tolerance)) {
        wrong.push({ key, value, expected, off: Math.abs(value - expected), reason: reasons[0] });
      }
    }
    expect(wrong).toEqual([]);
  });
});
