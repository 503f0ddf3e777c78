import { describe, expect, it } from "vitest";

import { closestInRow } from "../../lib/report/closest.ts";
import { closestIs } from "../../lib/report/closest-is.ts";
import { formatError, formatP, formatShort, formatShortP, formatTick, formatValue } from "../../lib/report/format.ts";
import { heatmapNames } from "../../lib/report/heatmap-names.ts";
import { sourceGroups, sourceLabels } from "../../lib/report/sources.ts";
import { shortened, visibleName } from "../../lib/report/visible-name.ts";
import { hostileNames } from "./sample.ts";

describe("names", () => {
  it("show what would be invisible or turn the text, and leave the rest", () => {
    expect(visibleName("right\u202eto left")).toBe("right\\u{202e}to left");
    expect(visibleName("a\u0000\u001b\u2028\ud800b")).toBe("a\\u{0}\\u{1b}\\u{2028}\\u{d800}b");
    expect(visibleName("Größe 層 😀 fc1")).toBe("Größe 層 😀 fc1");
    for (const name of hostileNames) expect(visibleName(name)).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e]/u);
  });

  it("are cut in the middle, by characters", () => {
    expect(shortened("encoder.mlp", 11)).toBe("encoder.mlp");
    expect(shortened("encoder.blocks.mlp", 9)).toBe("enco….mlp");
    expect(shortened("😀😀😀😀", 3)).toBe("😀…😀");
    expect(shortened("abc", 1)).toBe("…");
    expect(shortened("abc", 0)).toBe("");
  });
});

describe("sources", () => {
  it("lose the folders and the ending that say nothing", () => {
    expect([...sourceLabels(["runs/a/x.npz", "runs/b/x.npz", null]).values()]).toEqual(["a/x", "b/x"]);
    expect([...sourceLabels(["out/mlp.safetensors"]).values()]).toEqual(["mlp"]);
    expect([...sourceLabels(["x.npy", "x.npz"]).values()]).toEqual(["x.npy", "x.npz"]);
    expect([...sourceLabels([null]).values()]).toEqual([]);
  });

  it("group layers that stand together", () => {
    const layers = ["a", "a", "b", null, "a"].map((source) => ({ source }));
    expect(sourceGroups(layers, sourceLabels(["a", "b"]))).toEqual([
      { label: "a", first: 0, count: 2 },
      { label: "b", first: 2, count: 1 },
      { label: "", first: 3, count: 1 },
      { label: "a", first: 4, count: 1 },
    ]);
  });
});

describe("the closest column", () => {
  const values = [0.2, 0.9, Number.NaN, 0.9, -1, Number.NaN, Number.NaN, Number.NaN];
  it("is the first of the greatest; undefined values and the layer itself are passed over", () => {
    expect(closestInRow(values, 4, 0, -1, "greatest")).toEqual({ best: 1, second: 3 });
    expect(closestInRow(values, 4, 0, 1, "greatest")).toEqual({ best: 3, second: 0 });
    expect(closestInRow(values, 4, 1, -1, "greatest")).toEqual({ best: 0, second: -1 });
    expect(closestInRow(values, 4, 1, 0, "greatest")).toEqual({ best: -1, second: -1 });
  });
});

describe("the closest column of a distance", () => {
  it("is the first of the least; infinite values come last", () => {
    const values = [0.2, 0.9, Number.NaN, 0.2, Infinity, 3, Infinity, 2];
    expect(closestInRow(values, 4, 0, -1, "least")).toEqual({ best: 0, second: 3 });
    expect(closestInRow(values, 4, 0, 0, "least")).toEqual({ best: 3, second: 1 });
    expect(closestInRow(values, 4, 1, 3, "least")).toEqual({ best: 1, second: 0 });
  });

  it("is asked for by what a metric says of itself", () => {
    expect(closestIs({ sense: "distance", range: [0, null] })).toBe("least");
    expect(closestIs({ sense: "similarity", range: [-1, 1] })).toBe("greatest");
    // HSIC: its greatest value may belong to the layer of the largest scale.
    expect(closestIs({ sense: "similarity", range: [0, null] })).toBeNull();
  });
});

describe("numbers", () => {
  it("have four decimals where a metric has ends, four digits where it has none", () => {
    expect([0.93124, 1, -0.03, -0.00001, 0].map((value) => formatValue(value, true))).toEqual([
      "0.9312",
      "1.0000",
      "-0.0300",
      "0.0000",
      "0.0000",
    ]);
    expect([0, 123.456, 1.5e-7, 99999, 2.5e9].map((value) => formatValue(value, false))).toEqual([
      "0",
      "123.5",
      "1.5e-7",
      "100000",
      "2.5e9",
    ]);
  });

  it("are short in cells, in ticks and as errors", () => {
    expect([formatShort(0.931, true), formatShort(-0.001, true), formatShort(1234, false)]).toEqual([
      "0.93",
      "0.00",
      "1200",
    ]);
    expect([formatTick(0.2), formatTick(0), formatTick(1e-5), formatTick(250000)]).toEqual([
      "0.2",
      "0",
      "1e-5",
      "2.5e5",
    ]);
    expect([formatError(0.00213), formatError(0.000123)]).toEqual(["0.0021", "1.2e-4"]);
  });
});

describe("p-values and infinity", () => {
  it("are short and keep what is small", () => {
    expect([1, 0.0432, 1 / 1001, 1 / 100001].map(formatP)).toEqual(["1.0", "0.043", "0.0010", "1e-5"]);
    expect([1, 0.0432, 1 / 1001, 0.00984].map(formatShortP)).toEqual(["1.00", ".04", ".001", ".01"]);
    expect([formatValue(Infinity, true), formatShort(Infinity, false)]).toEqual(["∞", "∞"]);
  });
});

describe("file names of heat maps", () => {
  it("hold nothing that a file system minds, and no two are the same", () => {
    const keys = ["cka.debiased.rbf(1×median)", "../../etc/passwd", "A b", "a-B", "nul:\u0000"];
    const names = heatmapNames(keys.map((key) => ({ key })));
    expect(names[0]).toBe("heatmap-cka.debiased.rbf-1xmedian.svg");
    for (const name of names) expect(name).toMatch(/^heatmap-[A-Za-z0-9][A-Za-z0-9.-]*\.svg$/);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(keys.length);
  });
});
