// The report of a sweep of stitchings in a browser: nothing complains, the switch of rows works without a script, nothing is cut off.
/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";

import { stitchingHtml } from "../../lib/report/stitching/html.ts";
import { openHtml, useBrowser } from "./in-browser.ts";
import { environment, hostileNames } from "./sample.ts";
import { stitchingSample, type StitchingSampleOptions } from "./stitching-sample.ts";

useBrowser();

async function opened(
  options: StitchingSampleOptions = {},
  dark = false,
): Promise<{ page: Page; complaints: string[] }> {
  return await openHtml(stitchingHtml(stitchingSample(options), environment), { dark, javaScript: true });
}

/** The figures that are to be seen. */
async function visible(page: Page, selector: string): Promise<number> {
  return await page.locator(selector).evaluateAll((all) => all.filter((one) => one.checkVisibility()).length);
}

describe("report.html", () => {
  it("shows a map a direction for the held-out rows, and those of the fitted ones when asked", async () => {
    const { page, complaints } = await opened();
    expect(await visible(page, ".map")).toBe(4);
    expect(await page.locator(".on-heldOut .map").first().isVisible()).toBe(true);
    expect(await page.locator(".on-fitted .map").first().isVisible()).toBe(false);
    await page.getByText("800 rows fitted on", { exact: true }).click();
    expect(await visible(page, ".map")).toBe(4);
    expect(await page.locator(".on-fitted .map").first().isVisible()).toBe(true);
    expect(await page.locator(".on-heldOut .map").first().isVisible()).toBe(false);
    // The keyboard does the same.
    await page.locator("#rows-fitted").focus();
    await page.keyboard.press("ArrowRight");
    expect(await page.locator(".on-heldOut .map").first().isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("tells under the mouse what a cell and a point are", async () => {
    const result = stitchingSample();
    const { page } = await opened();
    const titles = page.locator(".on-heldOut .map").first().locator("rect > title");
    // The legend's swatch of hatching has none.
    expect(await titles.count()).toBe(16);
    const first = await titles.first().textContent();
    expect(first).toMatch(
      /^relu1 → relu1 \(level\)\nexcess 0\.\d+\nstitched risk 0\.\d+, own 0\.07968\naccuracy 0\.\d+\nbound \d+\.\d+ \(×\d+ the risk\)$/,
    );
    expect(await titles.nth(7).textContent()).toBe(
      `relu2 → logits (forward): undefined, ${result.directions[0]!.pairs[7]!.reason}`,
    );
    expect(await page.locator(".on-heldOut .point > title").first().textContent()).toMatch(
      /^mlp-a → mlp-b\nrelu1 → relu1\nrisk /,
    );
    await page.close();
  });

  it("marks the ways: a line between regions, and signs off the diagonal", async () => {
    const { page } = await opened();
    const map = page.locator(".on-heldOut .map").nth(1);
    const border = await map.locator(".border").getAttribute("d");
    // Level cells of a 4 × 4 map have three neighbours to the right and three below of another way, and as many before.
    expect(border!.match(/M/g)).toHaveLength(12);
    const signs = await map
      .locator("text")
      .evaluateAll((all) => all.map((one) => one.textContent).filter((text) => /[▸◂]/.test(text ?? "")));
    expect(signs.filter((sign) => sign === "▸▸")).toHaveLength(6);
    expect(signs.filter((sign) => sign === "◂◂")).toHaveLength(6);
    await page.close();
  });

  it("draws every point at or below the diagonal", async () => {
    const { page } = await opened();
    const above = await page.locator("section[aria-labelledby=bound] .on-heldOut").evaluate((part) => {
      const [, x1 = "0", y1 = "0", x2 = "0", y2 = "0"] = /M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)/.exec(
        part.querySelector(".diagonal")!.getAttribute("d")!,
      )!;
      const slope = (Number(y2) - Number(y1)) / (Number(x2) - Number(x1));
      return [...part.querySelectorAll<SVGPathElement>(".chart .point")].filter((point) => {
        const { x, y, width, height } = point.getBBox();
        // Half a pixel for the centre of a triangle, which is not that of its box.
        return y + height / 2 + 0.5 < Number(y1) + slope * (x + width / 2 - Number(x1));
      }).length;
    });
    expect(above).toBe(0);
    await page.close();
  });

  it.each([false, true])(
    "with 48 layers a side and dark: %s, it opens quickly and no figure leaves its card",
    async (dark) => {
      const started = performance.now();
      const { page, complaints } = await opened({ layers: 48 }, dark);
      // About a second on a quiet machine; the bound is for a busy one and still finds what is quadratic in the wrong place.
      expect(performance.now() - started).toBeLessThan(10_000);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wide).toBe(0);
      const cut = await page
        .locator(".map, .chart")
        .evaluateAll(
          (all) =>
            all.filter(
              (one) =>
                one.checkVisibility() &&
                one.getBoundingClientRect().right > one.closest(".card")!.getBoundingClientRect().right,
            ).length,
        );
      expect(cut).toBe(0);
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  it("in print has all figures and tables, and no switch", async () => {
    const { page } = await opened();
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".rows").isVisible()).toBe(false);
    expect(await visible(page, ".map")).toBe(4);
    const cut = await page.evaluate(
      () =>
        [...document.querySelectorAll(".scroll")].filter(
          (box) => box.checkVisibility() && box.scrollHeight > box.clientHeight + 1,
        ).length,
    );
    expect(cut).toBe(0);
    await page.close();
  });

  it("names are text, whatever they hold", async () => {
    const { page, complaints } = await opened({
      names: hostileNames,
      networks: [hostileNames[0]!, hostileNames[1]!, hostileNames[7]!],
    });
    expect(complaints).toEqual([]);
    expect(await page.title()).toMatch(/^Stitching <\/script>/);
    expect(await page.locator("script, img, iframe").count()).toBe(0);
    await page.close();
  });
});
