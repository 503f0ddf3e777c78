import { describe, expect, it } from "vitest";
import { cosine } from "../../lib/index.ts";
import { operatorOf, type Operator } from "../../lib/operators.ts";
import { sharingProducts } from "../../lib/shared-products.ts";
import { map } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";
import { represent } from "./ask.ts";

const x = gaussian(60, 12, 3);

function cosineOf(layer: ReturnType<typeof represent>): Operator {
  const operator = operatorOf(layer, cosine());
  if ("reason" in operator) throw new Error(operator.reason);
  return operator;
}

describe("the cosine kernel", () => {
  it.each(
    Object.entries({
      "ordinary features": x,
      "features that are never below 0": map(x, Math.abs),
      "a large offset": map(x, (v) => v + 1e4),
      "small features": map(x, (v) => v * 1e-6),
    }),
  )("shares the products of %s", (_, features) => {
    const shared = sharingProducts(cosineOf(represent(features, "layer")));
    expect(shared.source.kind).toBe("features");
    expect(shared.map).toEqual({ map: "cosine" });
  });

  it.each(
    Object.entries({
      // A row far out moves the mean, and every other row is nearer to 0 than to it.
      "one row is 300 times as long": map(x, (v, i) => (i === 4 ? 300 * v : v)),
      "a row lies near 0 and the others do not": map(x, (v, i) => (i === 4 ? 1e-3 * v : v + 5)),
      // Rows on one line differ in length alone: nothing is left of their directions.
      "all rows point the same way": map(x, (_v, i, j) => (1 + i) * (1 + j)),
      "squares are beyond f64": map(x, (v) => v * 1e200),
    }),
  )("keeps rows of its own where %s", (_, features) => {
    const operator = cosineOf(represent(features, "layer"));
    expect(sharingProducts(operator)).toBe(operator);
  });
});
