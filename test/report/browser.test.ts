/// <reference lib="dom" />
import { statSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { colourOf, palette } from "../../lib/report/colours.ts";
import { formatValue } from "../../lib/report/format.ts";
import { undefinedGround, undefinedHatch } from "../../lib/report/ink.ts";
import { levelOf } from "../../lib/report/scale.ts";
import { scaleGroups } from "../../lib/report/scale-groups.ts";
import { toSvg } from "../../lib/report/svg.ts";
import { emptyPage, expectTooltip, middleOf, open, useBrowser } from "./in-browser.ts";
import { hostileComparison, hostileNames, largeComparison, smallComparison, symmetricComparison } from "./sample.ts";

useBrowser();

describe("a small report", () => {
  it("tells under the mouse both layers and the value, without a complaint", async () => {
    const data = smallComparison();
    const { page, complaints } = await open(data);
    for (const [row, column] of [
      [0, 0],
      [2, 3],
      [4, 1],
    ] as const) {
      const { x, y } = await middleOf(page, data, row, column);
      await page.mouse.move(x, y);
      const value = formatValue(data.matrices[0]?.values[row * 4 + column] ?? NaN, true);
      await expectTooltip(page, data.rows[row]?.name, data.columns[column]?.name, value);
    }
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("moves by the keyboard, and says aloud where it is", async () => {
    const data = smallComparison();
    const { page } = await open(data);
    await page.locator("#plot").focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => page.locator("#live").textContent()).toMatch(/^fc1, conv2: /);
    await page.keyboard.press("End");
    await expect.poll(() => page.locator("#live").textContent()).toMatch(/^fc1, logits: /);
    expect(await page.locator("#tooltip").isVisible()).toBe(true);
    await page.close();
  });

  it("switches the metric; a value that does not exist has its reason, one with an error its error", async () => {
    const data = smallComparison();
    const { page } = await open(data);
    // Row 3, column 1 has no debiased value.
    const { x, y } = await middleOf(page, data, 3, 1);
    await page.getByText("CKA, debiased", { exact: true }).first().click();
    await page.mouse.move(x, y);
    await expectTooltip(page, "not above zero");
    await page.getByText("CKA, minibatch, RBF", { exact: true }).first().click();
    const other = await middleOf(page, data, 1, 1);
    await page.mouse.move(other.x, other.y);
    await expectTooltip(page, "± 0.00");
    await page.close();
  });

  it("paints cells in the colours of their values", async () => {
    const data = smallComparison();
    const { page } = await open(data);
    await page.locator('input[name="marks"]').uncheck();
    const [low = 0, high = 1] = data.matrices[0]?.range ?? [0, 1];
    const chosen = [
      [0, 0],
      [1, 3],
      [4, 0],
      [4, 3],
    ] as const;
    const seen = await page.evaluate(
      ({ cells, rows, columns }) => {
        const canvas = document.getElementById("cells") as HTMLCanvasElement;
        const context = canvas.getContext("2d");
        return cells.map(([row, column]) => {
          // A quarter from the corner: the number stands in the middle.
          const x = Math.round((canvas.width * (column + 0.2)) / columns);
          const y = Math.round((canvas.height * (row + 0.2)) / rows);
          return [...(context?.getImageData(x, y, 1, 1).data ?? [])].slice(0, 3);
        });
      },
      { cells: chosen, rows: 5, columns: 4 },
    );
    for (const [k, [row, column]] of chosen.entries()) {
      const scale = { id: "full", low: low ?? 0, high: high ?? 1, logarithmic: false } as const;
      const expected = colourOf(data.matrices[0]?.values[row * 4 + column] ?? NaN, scale);
      // A level of colour is 1/253 of the scale, and neighbouring entries of the table differ by a few units.
      for (const channel of [0, 1, 2])
        expect(Math.abs((seen[k]?.[channel] ?? 0) - (expected[channel] ?? 0))).toBeLessThan(5);
    }
    await page.close();
  });

  it("leads from the closest layer to its cell", async () => {
    const data = smallComparison();
    const { page } = await open(data);
    const lines = page.locator("#closest-table tbody tr");
    await expect.poll(() => lines.count()).toBe(5);
    const { values } = data.matrices[0]!;
    for (const [row, layer] of data.rows.entries()) {
      const cells = [...values.subarray(row * 4, row * 4 + 4)];
      const best = cells.indexOf(Math.max(...cells));
      const text = await lines.nth(row).innerText();
      expect(text).toContain(layer.name);
      expect(text).toContain(formatValue(cells[best]!, true));
      await lines.nth(row).locator("button").click();
      await expect
        .poll(() => page.locator("#live").textContent())
        .toContain(`${layer.name}, ${data.columns[best]!.name}: `);
    }
    // HSIC has no fixed end, so its greatest value says nothing of closeness.
    await page.getByText("HSIC, debiased", { exact: true }).first().click();
    await expect.poll(() => page.locator("#closest-table").isVisible()).toBe(false);
    expect(await page.locator("#closest-none").isVisible()).toBe(true);
    await page.close();
  });

  it("in the dark, in print and without scripting is still a report", async () => {
    const data = smallComparison();
    const dark = await open(data, { dark: true });
    const ground = await dark.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(ground.match(/\d+/g)?.every((channel) => Number(channel) < 60)).toBe(true);
    await dark.page.emulateMedia({ media: "print" });
    expect(await dark.page.locator("#controls").isVisible()).toBe(false);
    await dark.page.close();
    const printed = await open(symmetricComparison());
    await expect.poll(() => printed.page.locator("#closest-table tbody tr").count()).toBe(36);
    await printed.page.emulateMedia({ media: "print" });
    // On paper nothing scrolls: every table is there to its last line.
    const cut = await printed.page.evaluate(
      () => [...document.querySelectorAll(".scroll")].filter((box) => box.scrollHeight > box.clientHeight + 1).length,
    );
    expect(cut).toBe(0);
    await printed.page.close();
    const silent = await open(data, { javaScript: false });
    const text = await silent.page.locator("body").innerText();
    for (const { name } of [...data.rows, ...data.columns]) expect(text).toContain(name);
    expect(text).toContain(formatValue(data.matrices[0]?.values[0] ?? NaN, true));
    await silent.page.close();
  });
});

describe("a report of 200 × 200 layers", () => {
  it("is at most 1 MB, opens quickly, finds a cell among 40,000 and names it", async () => {
    const data = largeComparison(200, true);
    const started = performance.now();
    const { page, complaints, path } = await open(data);
    // 150 ms on a quiet machine; the bound is for a busy one and still finds what is quadratic in the wrong place.
    expect(performance.now() - started).toBeLessThan(5000);
    expect(statSync(path).size).toBeLessThanOrEqual(1_000_000);
    const { x, y } = await middleOf(page, data, 123, 45);
    await page.mouse.move(x, y);
    await expectTooltip(page, data.rows[123]?.name, data.columns[45]?.name);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("paints every cell of one colour, the one that its value has on the scale that is stated", async () => {
    const data = largeComparison();
    const { page } = await open(data);
    await page.locator('input[name="marks"]').uncheck();
    await page.getByText("Kernel alignment, RBF", { exact: true }).first().click();
    const matrix = data.matrices[2]!;
    const scale = scaleGroups(data.matrices)[0]!.scales[0]!;
    const colours = palette(scale);
    const chosen = [
      [0, 0],
      [199, 199],
      [150, 20],
      [63, 170],
    ] as const;
    const seen = await page.evaluate((cells) => {
      const canvas = document.getElementById("cells") as HTMLCanvasElement;
      const size = canvas.width / 200;
      return cells.map(([row, column]) => [
        ...canvas.getContext("2d")!.getImageData(column * size, row * size, size, size).data,
      ]);
    }, chosen);
    for (const [k, [row, column]] of chosen.entries()) {
      // The page has its values as f32, which may fall on the other side of a level's edge: one level is let pass.
      const level = levelOf(matrix.values[row * 200 + column]!, scale);
      const allowed = [level - 1, level, level + 1].map((near) => String(colours[near]));
      const pixels = seen[k]!;
      expect(pixels.length).toBeGreaterThanOrEqual(4);
      for (let at = 0; at < pixels.length; at += 4) {
        expect(pixels.slice(at, at + 3)).toEqual(pixels.slice(0, 3));
        expect(pixels[at + 3]).toBe(255);
      }
      expect(allowed).toContain(String(pixels.slice(0, 3)));
    }
    await expect.poll(() => page.locator("#scale-note").innerText()).toContain("the same for 3 metrics");
    await page.close();
  });

  it("hatches what does not exist", async () => {
    const data = largeComparison();
    const { page } = await open(data);
    await page.getByText("CKA, debiased", { exact: true }).first().click();
    // Row 37 has no value.
    const seen = await page.evaluate(() => {
      const canvas = document.getElementById("cells") as HTMLCanvasElement;
      const size = canvas.width / 200;
      const line = canvas.getContext("2d")!.getImageData(0, 37 * size, 40 * size, size).data;
      const found = new Set<string>();
      for (let at = 0; at < line.length; at += 4) found.add(line.slice(at, at + 3).join());
      return [...found].sort();
    });
    expect(seen).toEqual([undefinedGround, undefinedHatch].map(String).sort());
    await expect.poll(() => page.locator("#missing-count").innerText()).toBe("399 undefined");
    await page.close();
  });

  it("walks by keys through all of it, and makes its table when asked", async () => {
    const data = largeComparison();
    const { page, complaints } = await open(data);
    await page.locator("#plot").focus();
    await page.keyboard.press("Control+End");
    await expect.poll(() => page.locator("#live").textContent()).toContain(data.rows[199]!.name);
    await page.keyboard.press("PageUp");
    await page.keyboard.press("Home");
    await expectTooltip(page, data.rows[179]!.name, data.columns[0]!.name);
    await page.keyboard.press("Escape");
    expect(await page.locator("#tooltip").isVisible()).toBe(false);
    expect(await page.locator("#value-table td").count()).toBe(0);
    await page.locator("#values summary").click();
    await expect.poll(() => page.locator("#value-table tbody tr").count()).toBe(200);
    const cell = page.locator("#value-table tbody tr").nth(3).locator("td").nth(7);
    expect(await cell.innerText()).toBe(formatValue(data.matrices[0]!.values[3 * 200 + 7]!, true));
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe("hostile layer names", () => {
  it("run nothing, load nothing, and are shown as text", async () => {
    const data = hostileComparison();
    const { page, complaints } = await open(data);
    const { x, y } = await middleOf(page, data, 0, 0);
    await page.mouse.move(x, y);
    await page.locator("#values summary").click();
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.evaluate(() => document.querySelectorAll("script:not([type='application/json'])").length)).toBe(
      1,
    );
    expect(complaints).toEqual([]);
    await expectTooltip(page, hostileNames.find((name) => name.includes("<"))?.slice(0, 8));
    await page.close();
  });

  it("leave the SVG well-formed", async () => {
    const page = await emptyPage();
    const parsed = await page.evaluate(
      (svg) => new DOMParser().parseFromString(svg, "image/svg+xml").querySelector("parsererror")?.textContent ?? null,
      toSvg(hostileComparison(), 0),
    );
    expect(parsed).toBeNull();
    await page.close();
  });
});
