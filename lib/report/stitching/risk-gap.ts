import type { RiskGap, StitchDirection, StitchingResult } from "../../stitching-result.ts";
import { formatValue, typographic } from "../format.ts";
import { escaped } from "../svg/markup.ts";
import { type DotRow, dotRows } from "../svg/dot-rows.ts";
import { layerColours } from "../task/layer-colours.ts";
import { directionName, networkNames, pairName } from "./names.ts";
import { type RowSet, rowSetText } from "./row-sets.ts";
import { legend } from "./series.ts";
import { timesText } from "./times-text.ts";

function shown(value: number | null): string {
  return value === null ? "–" : typographic(formatValue(value, false));
}

function sentence(result: StitchingResult, set: RowSet): string {
  const gap = result.twoSided[set];
  if (gap === null) return "";
  const [first, second] = networkNames(result).map(escaped);
  const difference = `|R(${first}) − R(${second})| = <b>${shown(gap.difference)}</b>`;
  if (gap.bound === null)
    return `<p>${difference}; there is no bound, for no pair of one of the directions has one.</p>`;
  const times = gap.difference > 0 ? `, ${timesText(gap.bound / gap.difference)} as much` : "";
  const refuted = result.directions.some(({ from, to, gap: one }) => from < 2 && to < 2 && one[set]?.refuted === true);
  const premise = refuted ? " Its premise does not hold for these networks: see below." : "";
  return `<p>${difference}; the bound is <b>${shown(gap.bound)}</b>${times}.${premise}</p>`;
}

interface DirectionGap {
  readonly direction: StitchDirection;
  readonly gap: RiskGap;
}

function pairOfLeast(result: StitchingResult, { direction, gap }: DirectionGap): string {
  return gap.pair === null ? "–" : pairName(result, direction, direction.pairs[gap.pair]!);
}

function row(result: StitchingResult, one: DirectionGap): string {
  const { direction, gap } = one;
  const cells = [
    shown(gap.difference),
    shown(gap.bound),
    shown(gap.slack),
    pairOfLeast(result, one),
    shown(gap.leastStitched),
  ];
  const premise = gap.refuted ? '<span class="flag">does not hold</span>' : "not refuted";
  return `<tr><th scope="row">${escaped(directionName(result, direction))}</th>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join("")}<td>${premise}</td></tr>`;
}

/** Theorem 2 and remark 6: what alignment promises of the difference of two risks, each way and both ways. */
export function riskGaps(result: StitchingResult, set: RowSet): string {
  const found = result.directions.flatMap((direction): DirectionGap[] => {
    const gap = direction.gap[set];
    return gap === null ? [] : [{ direction, gap }];
  });
  const [difference, bound] = layerColours(2);
  const rows: DotRow[] = found.map((one) => {
    const name = directionName(result, one.direction);
    const measured = Math.abs(one.gap.difference);
    return {
      label: name,
      dots: [
        {
          value: measured,
          colour: difference!,
          marker: "circle",
          title: `${name}: R(from) − R(into) = ${shown(one.gap.difference)}`,
        },
        ...(one.gap.bound === null
          ? []
          : [
              {
                value: one.gap.bound,
                colour: bound!,
                marker: "diamond" as const,
                title: `${name}: bound ${shown(one.gap.bound)}, by ${pairOfLeast(result, one)}`,
              },
            ]),
      ],
    };
  });
  const chart = dotRows(
    `The gap of risks and its bound, ${rowSetText(result, set)}`,
    { label: "difference of risks", logarithmic: true },
    rows,
  );
  const signs = legend([
    { marker: "circle", colour: difference!, text: "|R(from) − R(into)|, as measured" },
    { marker: "diamond", colour: bound!, text: "the least bound over all pairs" },
  ]);
  const head = ["direction", "R(from) − R(into)", "bound", "slack", "least at", "least stitched risk", "premise"].map(
    (name) => `<th scope="col">${escaped(name)}</th>`,
  );
  const beyond = found.filter(({ gap }) => gap.slack !== null && gap.slack < 0);
  const exceeded =
    beyond.length === 0
      ? ""
      : ` (${escaped(beyond.map(({ direction }) => directionName(result, direction)).join(", "))}: they do not)`;
  const refuted = found.some(({ gap }) => gap.refuted)
    ? `<p class="hint">The bound on R(from) − R(into) takes for granted that no stitched network beats the network stitched from. Where one does, the premise does not hold for these networks, and the bound is then no promise, whether or not the numbers obey it${exceeded}.</p>`
    : "";
  return `${sentence(result, set)}<div class="lone">${chart}</div>${signs}<div class="scroll" tabindex="0" role="region" aria-label="Gaps of risks"><table><thead><tr>${head.join("")}</tr></thead><tbody>${found.map((one) => row(result, one)).join("")}</tbody></table></div>${refuted}<p class="hint">On ${escaped(rowSetText(result, set))}. The pair with the least bound sits where κ√Ã is least, mostly late, where κ is small; that says where the bound is good, not where stitching is.</p>`;
}
