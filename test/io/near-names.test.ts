import { describe, expect, it } from "vitest";

import { nearNames } from "../../lib/io/near-names.ts";

describe("near names", () => {
  it("come best first, at most five, case aside", () => {
    const names = ["relu1", "relu2", "logits", "conv1", "fc1", "Relu12", "x"];
    expect(nearNames(names, "RELU2")[0]).toBe("relu2");
    expect(nearNames(names, "logit")[0]).toBe("logits");
    expect(nearNames(names, "relu")).toHaveLength(5);
    expect(nearNames(names, "relu").slice(0, 3).toSorted()).toEqual(["Relu12", "relu1", "relu2"]);
    expect(nearNames([], "a")).toEqual([]);
  });

  it("are found quickly among many long ones", () => {
    const names = Array.from({ length: 100_000 }, (_, k) => `${"x".repeat(1000)}${k}`);
    const start = performance.now();
    expect(nearNames(names, "x".repeat(4000))).toHaveLength(5);
    // 5000 comparisons of 64 characters are tens of milliseconds; without the bounds it would be hours.
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
