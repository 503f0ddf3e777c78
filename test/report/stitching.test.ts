// The report of a sweep of stitchings as files and as text: numbers are those of the result, names stay text.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { describe, expect, it } from "vitest";

import { hexColour } from "../../lib/report/colours.ts";
import { stitchingCsvParts } from "../../lib/report/stitching/csv.ts";
import { excessScale } from "../../lib/report/stitching/excess-scale.ts";
import { stitchingHtml } from "../../lib/report/stitching/html.ts";
import { stitchingJson } from "../../lib/report/stitching/json.ts";
import { spearman } from "../../lib/report/stitching/spearman.ts";
import { gapSentences, missingReasons, stitchingText } from "../../lib/report/stitching/stitching-text.ts";
import { isViolated, medianOf, tightnessOf } from "../../lib/report/stitching/tightness.ts";
import { timesText } from "../../lib/report/stitching/times-text.ts";
import { belowZero, heatMap } from "../../lib/report/svg/heat-map.ts";
import { writeStitchingReport } from "../../lib/report/stitching/write.ts";
import type { StitchingResult } from "../../lib/stitching-result.ts";
import { environment, hostileNames } from "./sample.ts";
import { stitchingSample } from "./stitching-sample.ts";

function csvRows(result: StitchingResult): Record<string, string>[] {
  const [header = "", ...lines] = [...stitchingCsvParts(result)].join("").trimEnd().split("\r\n");
  const names = header.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((field, i) => [names[i]!, field])));
}

describe("results.json", () => {
  it("holds everything, NaN as null and an infinite bound as a word, one pair a line", () => {
    const result = stitchingSample({ withoutKappa: true });
    const text = stitchingJson(result, environment);
    const plain = (_: string, value: unknown): unknown =>
      typeof value === "number" && !Number.isFinite(value) ? (Number.isNaN(value) ? null : String(value)) : value;
    const {
      schema,
      gramian,
      created,
      command,
      environment: machine,
      ...rest
    } = JSON.parse(text) as Record<string, unknown>;
    expect(schema).toBe("gramian.stitching/1");
    expect({ gramian, created, command }).toEqual({
      gramian: environment.version,
      created: environment.created,
      command: environment.command,
    });
    expect(machine).toMatchObject({ cores: environment.cores });
    expect(rest).toEqual(JSON.parse(JSON.stringify(result, plain)));
    expect(text.split("\n").filter((line) => /^ {6}\{"from"/.test(line))).toHaveLength(4 * 16);
    expect(text).toContain('"bound":"Infinity"');
  });
});

describe("stitching.csv", () => {
  it("has a line a pair and row set, with the same bits as the result", () => {
    const result = stitchingSample();
    const rows = csvRows(result);
    expect(rows).toHaveLength(2 * 4 * 16);
    const { pairs } = result.directions[1]!;
    // Direction 0 has 16 pairs of two lines each.
    const held = rows[32 + 2 * 7 + 1]!;
    expect(held).toMatchObject({
      from: "mlp-b",
      from_layer: "relu2",
      to: "mlp-a",
      to_layer: "logits",
      rows: "held_out",
    });
    expect(Number(held["risk"])).toBe(pairs[7]!.heldOut!.risk);
    expect(Number(held["bound"])).toBe(pairs[7]!.heldOut!.bound);
    expect(held["way"]).toBe("forward");
    const dead = rows.filter(({ status }) => status === "undefined");
    expect(dead).toHaveLength(2);
    expect(dead[0]).toMatchObject({ risk: "", bound: "", cka: "", reason: result.directions[0]!.pairs[7]!.reason! });
  });

  it("writes a bound without κ as inf, and no line of held-out rows without a split", () => {
    const rows = csvRows(stitchingSample({ heldOut: false, baseline: false, withoutKappa: true }));
    expect(rows).toHaveLength(32);
    expect(new Set(rows.map((row) => row["rows"]))).toEqual(new Set(["fitted"]));
    expect(
      rows.filter(({ to, to_layer: layer }) => to === "mlp-b" && layer === "relu1").map(({ bound }) => bound),
    ).toEqual(["inf", "inf", "inf", "inf"]);
  });
});

describe("Spearman's rank correlation", () => {
  it("is that of the ranks, equal values sharing theirs", () => {
    expect(spearman([1, 2, 3, 4], [1, 10, 100, 1000])).toBeCloseTo(1, 12);
    expect(spearman([1, 2, 3, 4], [9, 7, 5, -2])).toBeCloseTo(-1, 12);
    // Ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4: Σ of products about the mean 2.5 is 4.5, of squares 4.5 and 5.
    expect(spearman([0, 5, 5, 9], [1, 3, 2, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
    expect(spearman([1, 2], [1, 2])).toBeNull();
    expect(spearman([3, 3, 3], [1, 2, 3])).toBeNull();
  });
});

describe("tightness", () => {
  it("counts what is above the bound, and takes the middle of the ratios of what has one", () => {
    const all = stitchingSample({ withoutKappa: true })
      .directions.flatMap(({ pairs }) => pairs.map(({ fitted }) => fitted!))
      .filter((one) => one !== null);
    const found = tightnessOf(all);
    expect(found).toMatchObject({ pairs: 63, violations: 0, unbounded: 8 });
    const ratios = all.filter(({ bound }) => bound < Infinity).map(({ bound, risk }) => bound / risk);
    expect(found.median).toBe(medianOf(ratios));
    const first = all.find(({ bound }) => bound < Infinity);
    const above = { ...first!, risk: first!.bound * 1.001 };
    expect(isViolated(above)).toBe(true);
    expect(tightnessOf([above, ...all]).violations).toBe(1);
    // A perfect match: bound and risk are the same sum, in another order.
    expect(isViolated({ ...first!, risk: first!.bound * (1 + 1e-14) })).toBe(false);
  });

  it("has words for ratios of every size", () => {
    expect([1, 4.63, 36.2, 1234, 2.06e11, Infinity].map(timesText)).toEqual([
      "×1.00",
      "×4.6",
      "×36",
      "×1,200",
      "×2.1e11",
      "×∞",
    ]);
    expect(medianOf([])).toBeNull();
    expect(medianOf([3, 1, 2, 10])).toBe(2.5);
  });
});

describe("the scale of excess", () => {
  it("is logarithmic for what spans decades, and keeps zero where it does not", () => {
    expect(excessScale([0.001, 0.002, 0.3, 0.9])).toMatchObject({ logarithmic: true, low: 0.001, high: 0.9 });
    expect(excessScale([-0.01, 0.1, 0.2])).toMatchObject({ logarithmic: false, low: -0.01, high: 0.2 });
    expect(excessScale([-0.03, -0.01])).toMatchObject({ logarithmic: false, low: -0.03, high: 0 });
    expect(excessScale([])).toMatchObject({ logarithmic: false, low: 0, high: 1 });
    // One lucky pair does not stretch the scale over all decades.
    expect(excessScale([1e-12, ...Array.from({ length: 30 }, (_, i) => 0.001 * 1.25 ** i)]).low).toBeGreaterThan(5e-5);
  });
});

describe("a map", () => {
  const cell = (value: number, region: string, exists = true) => ({ value, exists, title: "t", region, sign: "" });
  const one = { label: "a", names: ["x", "y"] };
  const map = (cells: Parameters<typeof heatMap>[0]["cells"], logarithmic: boolean): string =>
    heatMap({
      title: "m",
      rows: one,
      columns: one,
      cells,
      scale: { id: "data", low: logarithmic ? 0.001 : -1, high: 1, logarithmic },
      hatched: false,
    });

  it("has a colour of its own for what is below zero on a logarithmic scale, and only there", () => {
    const cells = [cell(-0.2, "a"), cell(0.001, "a"), cell(0.1, "a"), cell(NaN, "a", false)];
    const own = `fill="#${hexColour(belowZero)}"`;
    expect(map(cells, true).split(own)).toHaveLength(2);
    expect(map(cells, false)).not.toContain(own);
    // Without two regions there is no line.
    expect(map(cells, true)).not.toContain("border");
  });

  it("parts regions along the edges of cells", () => {
    const cells = [cell(1, "level"), cell(1, "forward"), cell(1, "backward"), cell(1, "level")];
    expect(/class="border" d="([^"]+)"/.exec(map(cells, true))![1]!.match(/[vh]/g)!.sort().join("")).toBe("hhvv");
  });
});

describe("report.html as text", () => {
  it("says how many points are above the diagonal, and how loose the bound is", () => {
    const html = stitchingHtml(stitchingSample(), environment);
    expect(html.match(/0 of 63 above the diagonal/g)).toHaveLength(2);
    expect(html).toContain("The bound is loose here");
    const broken = stitchingSample();
    const [first, ...more] = broken.directions;
    const [pair, ...pairs] = first!.pairs;
    const wrong = {
      ...pair!,
      fitted: { ...pair!.fitted!, risk: pair!.fitted!.bound * 2, slack: -pair!.fitted!.bound },
    };
    const withOne = stitchingHtml(
      { ...broken, directions: [{ ...first!, pairs: [wrong, ...pairs] }, ...more] },
      environment,
    );
    expect(withOne).toContain("1 of 63 above the diagonal</b>: a violation");
  });

  it("without a split there is nothing to switch, without a baseline it says what is missing", () => {
    const html = stitchingHtml(stitchingSample({ heldOut: false, baseline: false }), environment);
    expect(html).not.toContain('type="radio"');
    expect(html).toContain("No untrained network was given");
    expect(html).toContain("(--split 0.8)");
  });

  it("says where κ is missing and where the premise of the gap does not hold", () => {
    const html = stitchingHtml(stitchingSample({ withoutKappa: true }), environment);
    expect(html).toContain("layer norm has no Lipschitz constant");
    expect(html).toContain("8 pairs have no bound");
    expect(html).toContain("does not hold");
  });

  it.each([4, 24, 48])("of %i layers a side it has the hatched cells and stays below 7 MB", (layers) => {
    const html = stitchingHtml(stitchingSample({ layers }), environment);
    // Four directions, two sets of rows, one pair hatched in each set; the legends of maps have a swatch each.
    expect(html.match(/fill="url\(#undefined\)"/g)).toHaveLength(2 + 8);
    expect(html.length).toBeLessThan(7e6);
    expect(html).not.toMatch(/NaN|Infinity/);
  });
});

describe("hostile names", () => {
  const networks = [hostileNames[0]!, hostileNames[5]!, hostileNames[2]!] as const;
  const hostile = stitchingSample({ names: hostileNames, networks });

  it("are text in the page and harmless in a terminal", () => {
    const html = stitchingHtml(hostile, environment);
    expect(html).not.toMatch(/<script|<img|onmouseover="|<!--/i);
    expect(html).not.toMatch(/ style="/);
    const text = stitchingText(hostile, { width: 100, colour: false });
    // Nothing but line breaks: no escape, no bell, no mark that turns the text.
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u200f\u202e\u2028]/u);
    expect([...gapSentences(hostile), ...missingReasons(hostile)].join("")).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  it("stand as they are in the table for programs", () => {
    const text = [...stitchingCsvParts(hostile)].join("");
    expect(text).toContain('"=HYPERLINK(""http://example.invalid"",""click"")"');
  });
});

describe("the terminal", () => {
  it("prints each direction with the ratio of the bound, and the gap", () => {
    const result = stitchingSample();
    const text = stitchingText(result, { width: 100, colour: false });
    expect(text).toContain("from mlp-a ↓  into mlp-b →   risk ×bound/risk   mlp-b itself 0.0797");
    expect(text).toContain("from mlp-random (untrained) ↓");
    const line = text.split("\n").find((one) => one.startsWith("relu2"))!;
    const { risk, bound } = result.directions[0]!.pairs[4]!.heldOut!;
    expect(line).toContain(`${risk.toFixed(4)} ${timesText(bound / risk).padStart(5)}`);
    expect(line).toMatch(/–$/);
    expect(gapSentences(result)[0]).toMatch(
      /^0 of 63 pairs above the bound on 200 rows held out; the bound is ×\S+ the risk in the median\.$/,
    );
    expect(gapSentences(result).at(-1)).toMatch(/^\|R\(mlp-a\) − R\(mlp-b\)\| = 0\.00207\d, bound 0\.\d+\.$/);
    expect(missingReasons(result)).toEqual([
      "mlp-a → mlp-b, relu2 → logits: the features of this layer are constant on the rows to fit on",
    ]);
  });

  it.each([40, 60, 80])("stays within %i columns, wide directions by the best target of each layer", (width) => {
    const text = stitchingText(stitchingSample({ layers: 24 }), { width, colour: false });
    const tables = text.split("\n").filter((line) => !line.startsWith("from "));
    expect(Math.max(...tables.map((line) => [...line].length))).toBeLessThanOrEqual(width);
    expect(text).toContain("best target of each layer");
  });

  it("shades cells in the colours of the page", () => {
    expect(stitchingText(stitchingSample(), { width: 100, colour: true })).toContain("\u001b[48;5;");
  });
});

describe("the files", () => {
  it("are written together", async () => {
    const folder = mkdtempSync(join(tmpdir(), "gramian-stitching-"));
    const written = await writeStitchingReport(join(folder, "deep/er"), stitchingSample(), environment, {
      title: "Mine & yours",
    });
    const files = [...written.figures.map((path) => basename(path)), "report.html", "results.json", "stitching.csv"];
    expect(readdirSync(join(folder, "deep/er")).sort()).toEqual(files.sort());
    expect(readFileSync(written.html, "utf8")).toContain("<title>Mine &amp; yours – gramian</title>");
    rmSync(folder, { recursive: true });
  });
});
