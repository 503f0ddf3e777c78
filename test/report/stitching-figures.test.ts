/** The figures of a sweep as files that stand by themselves. */
import { expect, test } from "vitest";

import { stitchingFigures } from "../../lib/report/stitching/figures.ts";
import { stitchingSample } from "./stitching-sample.ts";

test("a map a direction and two charts, each a whole SVG file with its own style", () => {
  const result = stitchingSample();
  const figures = stitchingFigures(result);
  expect(figures).toHaveLength(result.directions.length + 2);
  expect(new Set(figures.map(({ file }) => file)).size).toBe(figures.length);
  for (const { file, svg } of figures) {
    expect(file).toMatch(/^[\w.-]+\.svg$/);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" class="(map|chart)"/);
    // One drawing a file, and nothing of the page around it.
    expect(svg.match(/<svg/g)).toHaveLength(1);
    expect(svg.trimEnd().endsWith("</svg>")).toBe(true);
    expect(svg.match(/<style>/g)).toHaveLength(1);
    expect(svg).not.toMatch(/<(details|div|p)\b/);
  }
  const bound = figures.find(({ file }) => file === "bound.svg")!.svg;
  expect(bound).toContain('class="diagonal"');
  expect(bound.match(/class="point"/g)!.length).toBeGreaterThan(10);
});
