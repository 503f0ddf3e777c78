/// <reference lib="dom" />
import { statSync } from "node:fs";

import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";

import { palette } from "../../lib/report/colours.ts";
import { familyLabels } from "../../lib/report/families.ts";
import { formatP, formatValue } from "../../lib/report/format.ts";
import { levelOf } from "../../lib/report/scale.ts";
import { scaleGroups } from "../../lib/report/scale-groups.ts";
import type { ComparisonData, MetricMatrix } from "../../lib/result.ts";
import { familiesComparison } from "./families-sample.ts";
import { expectTooltip, middleOf, open, useBrowser } from "./in-browser.ts";

useBrowser();

function shownP(value: number): string {
  return formatP(value).replaceAll("-", "\u2212");
}

async function choose(page: Page, data: ComparisonData, label: string): Promise<MetricMatrix> {
  const index = data.matrices.findIndex((matrix) => matrix.label === label);
  await page.selectOption('select[name="metric"]', String(index));
  // The page unpacks its numbers before it listens, and then reads what is chosen: on a busy machine a moment later.
  await page.waitForFunction(() => document.querySelectorAll(".metric-note:not([hidden])").length === 1);
  return data.matrices[index]!;
}

async function point(page: Page, data: ComparisonData, row: number, column: number): Promise<void> {
  const { x, y } = await middleOf(page, data, row, column);
  await page.mouse.move(x, y);
}

/** The colour near the upper left corner of a cell, where neither numbers nor marks stand. */
async function colourAt(page: Page, row: number, column: number): Promise<string> {
  return await page.evaluate(
    ([i, j]) => {
      const canvas = document.getElementById("cells") as HTMLCanvasElement;
      const size = canvas.width / 12;
      const pixel = canvas.getContext("2d")!.getImageData(j! * size + 2, i! * size + 2, 1, 1).data;
      return [...pixel].slice(0, 3).join();
    },
    [row, column],
  );
}

describe("a report of thirty metrics", () => {
  it("lists them by family, and shows each without a complaint", async () => {
    const data = familiesComparison();
    const { page, complaints } = await open(data);
    const groups = await page.locator('select[name="metric"] optgroup').evaluateAll((found) =>
      found.map((group) => ({
        label: (group as HTMLOptGroupElement).label,
        options: [...group.children].map((option) => option.textContent),
      })),
    );
    expect(groups).toEqual(
      Object.entries(familyLabels).map(([family, label]) => ({
        label,
        options: data.matrices.filter((matrix) => matrix.family === family).map((matrix) => matrix.label),
      })),
    );
    for (const { label } of data.matrices) {
      const matrix = await choose(page, data, label);
      await point(page, data, 2, 4);
      const value = formatValue(matrix.values[2 * 12 + 4]!, matrix.range[1] !== null).replaceAll("-", "\u2212");
      await expectTooltip(page, label, value);
    }
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("says of a directed metric which way it goes, and of a symmetric one nothing", async () => {
    const data = familiesComparison();
    const { page } = await open(data);
    await choose(page, data, "R², forward");
    await expect.poll(() => page.locator("#direction").innerText()).toBe("row → column");
    // Drawn after the form was read, so the page is given the time.
    await expect.poll(() => page.locator("#labels .direction text").allTextContents()).toEqual(["to →", "from ↓"]);
    await point(page, data, 6, 3);
    await expectTooltip(page, "from vit-s16", "to vit-s16");
    await page.locator("#plot").focus();
    await expect.poll(() => page.locator("#live").textContent()).toMatch(/^blocks\.3\.attn to blocks\.1\.mlp: /);
    await choose(page, data, "KA");
    await expect.poll(() => page.locator("#direction").isVisible()).toBe(false);
    await expect.poll(() => page.locator("#labels .direction").count()).toBe(0);
    await page.close();
  });

  it("shows infinite cells as ∞ in the colour of the high end, with their reason, beside undefined ones", async () => {
    const data = familiesComparison();
    const { page } = await open(data);
    const matrix = await choose(page, data, "KMI");
    await point(page, data, 4, 4);
    await expectTooltip(page, "∞", matrix.reasons[0]);
    await point(page, data, 7, 4);
    await expectTooltip(page, "undefined", matrix.reasons[1]);
    // Twelve layers less the dead one; its row and column.
    expect(await page.locator("#infinite-count").innerText()).toBe("11 infinite");
    expect(await page.locator("#missing-count").innerText()).toBe("23 undefined");
    const group = scaleGroups(data.matrices).find(({ matrices }) => matrices.includes(data.matrices.indexOf(matrix)))!;
    const colours = palette(group.scales[0]!);
    expect(await colourAt(page, 4, 4)).toBe(String(colours.at(-1)));
    await page.close();
  });

  it("calls the layer with the least distance the closest, and none where values have no end", async () => {
    const data = familiesComparison();
    const { page } = await open(data);
    const { values } = await choose(page, data, "Procrustes");
    await expect.poll(() => page.locator("#closest-is").innerText()).toBe("lowest");
    expect(await page.locator("#same").isVisible()).toBe(true);
    const others = [...values.subarray(5 * 12, 6 * 12)].map((value, j) => (j === 5 ? Infinity : value));
    const best = others.indexOf(Math.min(...others));
    const line = page.locator("#closest-table tbody tr").nth(5);
    expect(await line.locator("button").innerText()).toBe(data.columns[best]!.name);
    await choose(page, data, "Gaussian MI");
    await expect.poll(() => page.locator("#closest-none").isVisible()).toBe(true);
    expect(await page.locator("#closest-table").isVisible()).toBe(false);
    expect(await page.locator("#marks-choice").isVisible()).toBe(false);
    await page.close();
  });

  it("links each metric to its definition", async () => {
    const data = familiesComparison();
    const { page } = await open(data);
    for (const { label, metric, formula } of data.matrices) {
      await choose(page, data, label);
      const link = await page.locator(".metric-note:visible a").getAttribute("href");
      expect(link).toBe(`#definition-${metric}`);
      expect(await page.locator(link!).innerText()).toContain(formula);
    }
    expect(await page.locator("article").count()).toBe(new Set(data.matrices.map(({ metric }) => metric)).size);
    await page.close();
  });
});

describe("a permutation test", () => {
  it("is in the tooltip, the table and the spoken sentence", async () => {
    const data = familiesComparison();
    const { page } = await open(data);
    const { test, intervals } = await choose(page, data, "CKA, debiased");
    const index = 3 * 12 + 1;
    const four = (values: Float64Array): string => formatValue(values[index]!, true);
    await point(page, data, 3, 1);
    const tooltip = [
      shownP(test!.pValues[index]!),
      shownP(test!.holm[index]!),
      shownP(test!.benjaminiHochberg[index]!),
      four(test!.nullMean),
      four(test!.nullQuantile),
      four(test!.calibrated!),
    ];
    await expectTooltip(page, ...tooltip, `[${four(intervals!.low)}, ${four(intervals!.high)}]`);
    await page.locator("#plot").focus();
    await expect.poll(() => page.locator("#live").textContent()).toContain(`p (Holm) ${tooltip[1]}`);
    await page.locator("#tests summary").click();
    // Each pair once, the layers with themselves among them.
    await expect.poll(() => page.locator("#test-table tbody tr").count()).toBe(78);
    const line = page.locator("#test-table tbody tr", { has: page.locator("th", { hasText: "blocks.0.mlp" }) }).nth(2);
    const text = await line.innerText();
    for (const part of tooltip) expect(text).toContain(part);
    await choose(page, data, "DA");
    await expect.poll(() => page.locator("#tests").isVisible()).toBe(false);
    expect(await page.locator("#shown-choice").isVisible()).toBe(false);
    await page.close();
  });

  it("recolours the cells: small p-values are strong, and what stays below 0.05 after Holm has a dot", async () => {
    const data = familiesComparison();
    const { page } = await open(data);
    const { test } = await choose(page, data, "CKA, debiased");
    await page.locator("#shown-choice").getByText("p-value").click();
    await expect.poll(() => page.locator("#scale-note").innerText()).toContain("Colours run from 5e\u22124 to 1.0");
    const scale = { id: "log", low: 1 / 2000, high: 1, logarithmic: true } as const;
    const colours = palette(scale).toReversed();
    const shown = [
      [0, 1],
      [0, 11],
      [9, 2],
    ] as const;
    for (const [i, j] of shown) {
      const p = test!.pValues[i * 12 + j]!;
      // The page has six digits of p, which may fall on the other side of a level's edge: one level is let pass.
      const near = [-1, 0, 1].map((step) => String(colours[levelOf(p, scale) + step]));
      expect(near).toContain(await colourAt(page, i, j));
    }
    const found = test!.holm.filter((p) => p < 0.05).length;
    expect(found).toBeGreaterThan(0);
    expect(await page.locator("#scale-note").innerText()).toContain(`after Holm: ${found} of `);
    expect(await page.locator("#missing-count").innerText()).toBe("34 without a test");
    const dots = await page.evaluate(() => {
      const canvas = document.getElementById("cells") as HTMLCanvasElement;
      const size = canvas.width / 12;
      // Where the middle of a dot is: seven pixels off the corner, one of them the gap between cells.
      return Array.from({ length: 144 }, (_, k) => {
        const [x, y] = [((k % 12) + 1) * size - 8, Math.floor(k / 12) * size + 7];
        const [dot, ground] = [0, 4].map((off) =>
          [...canvas.getContext("2d")!.getImageData(Math.round(x) + off, Math.round(y), 1, 1).data].join(),
        );
        return dot !== ground;
      });
    });
    const isDotted = [...test!.holm].map((p) => p < 0.05);
    for (const [k, dotted] of dots.entries()) if (!Number.isNaN(test!.holm[k])) expect(dotted).toBe(isDotted[k]);
    await page.locator("#shown-choice").getByText("Calibrated").click();
    await expect.poll(() => page.locator("#scale-note").innerText()).toContain("quantile of 1,999 permutations");
    await page.close();
  });

  it("of 200 × 200 layers leaves nulls and intervals to pairs.csv, so that five metrics are at most 1 MB", async () => {
    const all = familiesComparison(200);
    const data = { ...all, matrices: all.matrices.slice(0, 5) };
    const { page, path, complaints } = await open(data);
    expect(statSync(path).size).toBeLessThanOrEqual(1_000_000);
    await page.locator("#shown-choice").getByText("p-value").click();
    await point(page, data, 30, 40);
    await expectTooltip(page, shownP(data.matrices[0]!.test!.holm[30 * 200 + 40]!));
    expect(await page.locator("#tooltip").innerText()).not.toContain("Null mean");
    await expect.poll(() => page.locator(".metric-note:visible").innerText()).toContain("pairs.csv");
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe("without scripts and in the dark", () => {
  it("the same report has its numbers, p-values and definitions", async () => {
    const data = familiesComparison();
    const { page } = await open(data, { javaScript: false, dark: true });
    const text = await page.locator("body").innerText();
    const { test } = data.matrices[0]!;
    expect(text).toContain(`p = ${shownP(test!.pValues[1]!)}`);
    expect(text).toContain("∞");
    expect(text).toContain("R², forward, row → column");
    expect(text).toContain(data.matrices[0]!.definition);
    await page.close();
  });
});
