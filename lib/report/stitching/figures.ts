/** The figures of a sweep as files of their own: SVG that needs no page around it. */
import type { StitchingResult } from "../../stitching-result.ts";
import { chartStyle } from "../html/chart-style.ts";
import { hatching } from "../svg/cells.ts";
import { alignmentScatter } from "./alignment-scatter.ts";
import { boundScatter } from "./bound-scatter.ts";
import { excessMaps } from "./heat-maps.ts";
import { networkNames } from "./names.ts";
import { tellingRows } from "./row-sets.ts";
import { stitchingStyle } from "./style.ts";

export interface Figure {
  /** A file's name, e.g. `bound.svg`. */
  readonly file: string;
  readonly svg: string;
}

/** The page's inks, which a figure by itself has to bring. */
const inks = `
svg { --ink: #1a2026; --soft: #59646e; --line: #e3e4df; --card: #fff; background: var(--card); color: var(--soft); font-family: system-ui, sans-serif; font-variant-numeric: tabular-nums; }
@media (prefers-color-scheme: dark) { svg { --ink: #e6e9eb; --soft: #9aa5ae; --line: #2a3137; --card: #191d21; } }
`;

/** Rules of the page that speak of a chart's or a map's inside. */
const rules = `${chartStyle}${stitchingStyle}`
  .split("\n")
  .filter((rule) => /^\.(chart|map) \S/.test(rule))
  .join("\n");

/** The drawings in a piece of the page, without the signs of its legends. */
function drawingsIn(page: string): string[] {
  return page.match(/<svg class="(?:chart|map)".*?<\/svg>/gs) ?? [];
}

function standing(drawing: string): string {
  const head = `<defs>${hatching()}</defs><style>${inks}${rules}\n</style>`;
  return `${drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ').replace("</title>", `</title>${head}`)}\n`;
}

function fileName(text: string): string {
  return text.replace(/[^\w.-]+/g, "-");
}

/** Excess risks a direction, risk against bound, alignment against excess; on held-out rows where there are any. */
export function stitchingFigures(result: StitchingResult): Figure[] {
  const set = tellingRows(result);
  const names = networkNames(result);
  const maps = drawingsIn(excessMaps(result, set)).map((drawing, k) => {
    const { from, to } = result.directions[k]!;
    return { file: fileName(`excess-${names[from]}-${names[to]}.svg`), drawing };
  });
  const charts = [
    { file: "bound.svg", drawing: drawingsIn(boundScatter(result, set))[0]! },
    { file: "alignment.svg", drawing: drawingsIn(alignmentScatter(result, set))[0]! },
  ];
  return [...maps, ...charts].map(({ file, drawing }) => ({ file, svg: standing(drawing) }));
}
