import type { ComparisonData, MetricMatrix } from "../result.ts";
import { shaded } from "./ansi.ts";
import { cellStatus } from "./cell-status.ts";
import { closestInRow } from "./closest.ts";
import { closestIs } from "./closest-is.ts";
import { colourOf } from "./colours.ts";
import { formatValue } from "./format.ts";
import { layerNames } from "./layer-names.ts";
import { longest, padEnd, padStart } from "./padding.ts";
import { groupOf, isBounded, scaleGroups } from "./scale-groups.ts";
import type { Scale } from "./scale.ts";
import { significance, tooFew } from "./significance.ts";
import { shortened, visibleName } from "./visible-name.ts";

export interface TableTextOptions {
  /** Columns of the terminal. A matrix that does not fit is told by the closest column of each row. */
  readonly width: number;
  /** Shade the cells with ANSI colours (256 of them). */
  readonly colour: boolean;
  /** Lines of the closest columns at most; the rest is counted. Default 60. */
  readonly lines?: number;
}

const longestName = 24;
const undefinedMark = "–";

function cellTexts(matrix: MetricMatrix): string[] {
  const bounded = isBounded(matrix);
  return Array.from(matrix.values, (value, k) =>
    cellStatus(matrix, k) === "undefined" ? undefinedMark : formatValue(value, bounded),
  );
}

/** The whole matrix, or null where it is wider than the terminal. */
function wholeTable(
  matrix: MetricMatrix,
  scale: Scale | undefined,
  rows: readonly string[],
  columns: readonly string[],
  options: TableTextOptions,
): string[] | null {
  const head = Math.min(longestName, longest(rows));
  // Five characters a cell are the least: do not format forty thousand numbers to find out that they do not fit.
  if (head + columns.length * 5 > options.width) return null;
  const cells = cellTexts(matrix);
  const size = Math.max(longest(cells), Math.min(12, longest(columns)));
  if (head + columns.length * (size + 2) > options.width) return null;
  const header = padEnd("", head) + columns.map((name) => ` ${padStart(shortened(name, size), size)} `).join("");
  const lines = rows.map((name, i) => {
    const line = columns.map((_, j) => {
      const k = i * matrix.columns + j;
      const text = ` ${padStart(cells[k] ?? "", size)} `;
      if (!options.colour || scale === undefined || cellStatus(matrix, k) === "undefined") return text;
      return shaded(text, colourOf(Math.min(scale.high, matrix.values[k] ?? Number.NaN), scale));
    });
    return padEnd(shortened(name, head), head) + line.join("");
  });
  return [header, ...lines].map((line) => line.trimEnd());
}

/** The closest column of each row, as wide as the terminal lets names be. */
function closestTable(
  data: ComparisonData,
  matrix: MetricMatrix,
  rows: readonly string[],
  columns: readonly string[],
  options: TableTextOptions,
  closest: "greatest" | "least",
): string[] {
  const bounded = isBounded(matrix);
  const room = Math.max(8, Math.floor((options.width - 12) / 2));
  const head = Math.min(room, longest(rows));
  const most = options.lines ?? 60;
  const lines = rows.slice(0, most).map((name, i) => {
    const { best } = closestInRow(matrix.values, matrix.columns, i, data.symmetric ? i : -1, closest);
    const value =
      best < 0 ? undefinedMark : formatValue(matrix.values[i * matrix.columns + best] ?? Number.NaN, bounded);
    const match = best < 0 ? "" : `  ${shortened(columns[best] ?? "", room)}`;
    return `${padEnd(shortened(name, head), head)}  ${padStart(value, 7)}${match}`;
  });
  return rows.length > most ? [...lines, `… and ${rows.length - most} more rows`] : lines;
}

/** Least, middle and greatest value, for metrics whose values do not say which layer is the closest. */
function spread(matrix: MetricMatrix): string[] {
  const bounded = isBounded(matrix);
  const values = matrix.values.filter((_, k) => matrix.status[k] === 0).sort();
  if (values.length === 0) return ["no finite value exists"];
  const at = (share: number): string =>
    formatValue(values[Math.round(share * (values.length - 1))] ?? Number.NaN, bounded);
  const infinite = matrix.values.filter((value) => value === Infinity).length;
  const more = infinite === 0 ? "" : `, and ${infinite} infinite`;
  return [`${values.length} values from ${at(0)} to ${at(1)}, median ${at(0.5)}${more}`];
}

/** Each reason after the sign of the cells that it is said of. */
function reasons(matrix: MetricMatrix): string[] {
  return matrix.reasons.map((reason, r) => {
    const infinite = matrix.status.some((given, k) => given === r + 1 && matrix.values[k] === Infinity);
    return `${infinite ? "∞" : undefinedMark} ${visibleName(reason)}`;
  });
}

/** What a permutation test tells from chance; pairs.csv has the p-values. */
function testLines(matrix: MetricMatrix): string[] {
  const { test } = matrix;
  if (test === null) return [];
  const facts = significance(test);
  const shuffles = `${test.permutations.toLocaleString("en-US")} permutations`;
  const found = `${facts.found} of ${facts.tested} tested cells have p < 0.05 after Holm (${shuffles})`;
  return [found, ...(facts.needed === null ? [] : [tooFew(facts, test.permutations)])];
}

/**
 * One metric for a terminal: its whole matrix where that fits into `width`, else the closest column of each row, or the spread of
 * a metric that is no similarity. Cells without a value are a dash, infinite ones ∞, and the reasons stand below. Nothing in a layer's name reaches
 * the terminal as a command: control characters are shown as `\u{…}`.
 */
export function tableText(data: ComparisonData, matrix: MetricMatrix, options: TableTextOptions): string {
  const { rows, columns, sides } = layerNames(data);
  const index = data.matrices.indexOf(matrix);
  const group = index < 0 ? scaleGroups([matrix])[0] : groupOf(scaleGroups(data.matrices), index);

  const whole = wholeTable(matrix, group?.scales[0], rows, columns, options);
  const closest = closestIs(matrix);
  const body =
    whole ?? (closest === null ? spread(matrix) : closestTable(data, matrix, rows, columns, options, closest));
  const title = [
    visibleName(matrix.label),
    matrix.symmetric ? "" : "row → column",
    sides,
    whole === null && closest !== null ? "closest column of each row" : "",
  ];
  return [title.filter((part) => part !== "").join("   "), ...body, ...testLines(matrix), ...reasons(matrix)].join(
    "\n",
  );
}
