import { describe, expect, it } from "vitest";

import { compare, Representation } from "../../lib/index.ts";
import { goldenPairs } from "./golden.ts";
import { goldenMetrics, goldenTolerances } from "./golden-metrics.ts";

describe.each(goldenPairs())("golden numbers of every family: $name", ({ x, y, values }) => {
  const layers = [x, y].map(({ data, n, d }, i) =>
    Representation.fromArray(Float32Array.from(data), [n, d], { name: `layer ${i}` }),
  );

  it.each(["f64", "f32"] as const)("%s", async (precision) => {
    const wrong: object[] = [];
    const wanted = goldenMetrics.filter(({ quantity }) => quantity in values);
    for (const kernel of new Set(wanted.map((entry) => entry.kernel?.kind))) {
      const own = wanted.filter((entry) => entry.kernel?.kind === kernel);
      const metrics = own.map(({ metric }) => metric);
      const given = own[0]?.kernel;
      const result = await compare([layers[0]!], [layers[1]!], {
        metrics,
        precision,
        ...(given === undefined ? {} : { kernel: given }),
      });
      for (const { quantity, metric, kind } of own) {
        const { value, reason } = result.get(metric, 0, 0);
        const expected = values[quantity]!;
        // What is left of a perfect fit (the wide pair's) is rounding of what was fitted, in numpy as here; and f32 is measured by that.
        const whole = metric.includes(".backward") ? x : y;
        const size = whole.data.reduce((sum, entry) => sum + entry ** 2, 0) / whole.n;
        const perfect = expected < 1e-20 * size;
        const unit = kind === "left" && (precision === "f32" || perfect) ? size : expected;
        const error = Math.abs(value - expected) / Math.abs(unit);
        if (!(error <= goldenTolerances[precision][kind])) wrong.push({ quantity, value, expected, error, reason });
      }
    }
    expect(wrong).toEqual([]);
  });
});
