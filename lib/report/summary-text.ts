import type { ComparisonData, MetricMatrix } from "../result.ts";
import { closestIs } from "./closest-is.ts";
import { familyLabels } from "./families.ts";
import { formatValue } from "./format.ts";
import { layerNames, type LayerNames } from "./layer-names.ts";
import { longest } from "./padding.ts";
import { isBounded } from "./scale-groups.ts";
import { significance, tooFew } from "./significance.ts";
import { shortened, visibleName } from "./visible-name.ts";

/** One line of the summary, cell by cell. */
interface Line {
  readonly label: string;
  readonly low: string;
  readonly high: string;
  /** How many cells have no value; empty where all have one. */
  readonly missing: string;
  /** How many pairs a permutation test tells from chance; empty where there was no test. */
  readonly significant: string;
  /** The closest pair, for so many columns; names of layers give way. */
  readonly pair: (room: number) => string;
}

/** The cells that say something: of layers compared with themselves not the diagonal, and of a symmetric metric each pair once. */
function pairsOf(data: ComparisonData, matrix: MetricMatrix): number[] {
  const kept: number[] = [];
  for (let i = 0; i < matrix.rows; i += 1) {
    for (let j = 0; j < matrix.columns; j += 1) {
      if (data.symmetric && (i === j || (matrix.symmetric && j < i))) continue;
      kept.push(i * matrix.columns + j);
    }
  }
  return kept;
}

function lineOf(data: ComparisonData, matrix: MetricMatrix, names: LayerNames): Line {
  const pairs = pairsOf(data, matrix);
  const present = pairs.filter((k) => !Number.isNaN(matrix.values[k]!));
  const shown = (k: number | undefined): string =>
    k === undefined ? "–" : formatValue(matrix.values[k]!, isBounded(matrix));
  // Of equal values the first wins, as everywhere.
  const extreme = (sign: number): number | undefined =>
    present.reduce<number | undefined>(
      (best, k) => (best === undefined || sign * matrix.values[k]! > sign * matrix.values[best]! ? k : best),
      undefined,
    );
  const [low, high] = [extreme(-1), extreme(1)];
  const closest = closestIs(matrix);
  const best = closest === null ? undefined : closest === "least" ? low : high;
  const arrow = matrix.symmetric ? "–" : matrix.variant === "backward" ? "←" : "→";
  const { test } = matrix;
  const tested = pairs.filter((k) => test !== null && !Number.isNaN(test.holm[k]!));
  return {
    label: visibleName(matrix.label),
    low: shown(low),
    high: shown(high),
    missing: present.length === pairs.length ? "" : `${pairs.length - present.length} of ${pairs.length}`,
    significant: test === null ? "" : `${tested.filter((k) => test.holm[k]! < 0.05).length} of ${tested.length}`,
    pair: (room) => {
      if (best === undefined) return "";
      const [row, column] = [names.rows[Math.floor(best / matrix.columns)]!, names.columns[best % matrix.columns]!];
      return shortenedPair(row, ` ${arrow} `, column, room);
    },
  };
}

/** Both names as long as there is room for them: a short one leaves its room to the other. */
function shortenedPair(row: string, between: string, column: string, room: number): string {
  const both = room - between.length;
  const head = Math.min([...row].length, Math.max(Math.floor(both / 2), both - [...column].length));
  return `${shortened(row, head)}${between}${shortened(column, both - head)}`;
}

/** Said once for all metrics: they were shuffled as often, over as many pairs. */
function tooFewLines(matrices: readonly MetricMatrix[], width: number): string[] {
  const sentences = matrices.flatMap((matrix) => {
    const { test } = matrix;
    return test === null ? [] : [tooFew(significance(test), test.permutations)];
  });
  const lines = [...new Set(sentences.filter((sentence) => sentence !== ""))];
  return lines.map((line) => (line.length > width ? line.replace(": ", ":\n") : line));
}

const header: Line = {
  label: "",
  low: "least",
  high: "greatest",
  missing: "no value",
  significant: "p < 0.05",
  pair: () => "closest pair",
};

/**
 * Many metrics for a terminal of `width` columns: a line for each, family by family, with its least and its greatest value and the
 * pair of layers that it finds closest. Values that do not say which layers are close (dependence in units of their own) name no pair.
 */
export function summaryText(data: ComparisonData, { width }: { readonly width: number }): string {
  const names = layerNames(data);
  const lines = data.matrices.map((matrix) => lineOf(data, matrix, names));
  const all = [header, ...lines];
  // Columns that no metric has anything for are left out.
  const numbers = (["low", "high", "missing", "significant"] as const).filter((column) =>
    lines.some((line) => line[column] !== ""),
  );
  const widths = numbers.map((column) => longest(all.map((line) => line[column])));
  const taken = widths.reduce((sum, size) => sum + size + 2, 0);
  const pairs = longest(all.map(({ pair }) => pair(Infinity)));
  const labels = longest(lines.map(({ label }) => label)) + 2;
  const room = width - taken - 2;
  // Where not everything fits, metrics get three fifths of the room: their names tell the lines apart.
  const label = Math.min(labels, Math.max(20, room - pairs, Math.floor(0.6 * room)));
  const pair = Math.max(11, room - label);
  const text = (line: Line): string =>
    [
      shortened(line.label === "" ? "" : `  ${line.label}`, label).padEnd(label),
      ...numbers.map((column, k) => line[column].padStart(widths[k]!)),
      line.pair(pair),
    ]
      .join("  ")
      .trimEnd();
  const families = [...new Set(data.matrices.map(({ family }) => family))];
  return [
    [`${data.matrices.length} metrics`, names.sides].filter((part) => part !== "").join("   "),
    text(header),
    ...families.flatMap((family) => [
      familyLabels[family],
      ...lines.filter((_, k) => data.matrices[k]!.family === family).map(text),
    ]),
    ...tooFewLines(data.matrices, width),
  ].join("\n");
}
