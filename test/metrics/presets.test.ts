import { expect, test } from "vitest";

import { metrics, presets } from "../../lib/index.ts";
import { nameOf, parseMetric } from "../../lib/metrics/request.ts";

test.each(Object.entries(presets))("every name of the preset %s asks for a metric of its own", (_, names) => {
  const asked = names.map((name) => nameOf(parseMetric(name)));
  expect(asked).toEqual([...new Set(asked)]);
  expect(asked.length).toBeGreaterThan(1);
});

test("the paper's preset has every metric but platonic-rep's, with all variants but the minibatch ones", () => {
  const ids = new Set(presets.paper.map((name) => parseMetric(name).metric.id));
  const wanted = metrics.list().filter(({ family }) => family !== "platonic");
  expect([...ids]).toEqual(wanted.map(({ id }) => id));
  expect(presets.paper).toEqual(
    expect.arrayContaining(["linear-r2.backward", "w2-dependence.printed", "hsic.debiased"]),
  );
  expect(presets.paper.filter((name) => name.includes("minibatch"))).toEqual([]);
});
