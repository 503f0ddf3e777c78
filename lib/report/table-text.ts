import type { ComparisonData, LayerSummary, MetricMatrix } from "../result.ts";
import { closestInRow } from "./closest.ts";
import { colourOf } from "./colours.ts";
import { formatValue } from "./format.ts";
import type { Colour } from "./ink.ts";
import type { Scale } from "./scale.ts";
import { sourceLabels } from "./sources.ts";

export interface TableTextOptions {
  /** Columns of the terminal. A matrix that does not fit is told by the closest column of each row. */
  readonly width: number;
  /** Shade the cells with ANSI colours (256 of them). */
  readonly colour: boolean;
}

const longestName = 24;
const undefinedMark = "–";

function shortened(name: string, length: number): string {
  // Control characters in a name must not move the reader's cursor.
  const harmless = name.replace(/\p{Cc}+/gu, " ");
  return harmless.length <= length ? harmless : `${harmless.slice(0, length - 1)}…`;
}

/** `model:layer` where layers come from several models, else the layer's name. */
function names(layers: readonly LayerSummary[], labels: ReadonlyMap<string, string>): string[] {
  const several = new Set(layers.map((layer) => layer.source)).size > 1;
  return layers.map(({ name, source }) => {
    const label = source === null ? undefined : labels.get(source);
    return several && label !== undefined ? `${label}:${name}` : name;
  });
}

function sideName(layers: readonly LayerSummary[], labels: ReadonlyMap<string, string>): string {
  const [source, ...more] = new Set(layers.map((layer) => layer.source));
  return source == null || more.length > 0 ? "" : (labels.get(source) ?? source);
}

/** The 6×6×6 cube of ANSI's 256 colours. */
function ansi([red, green, blue]: Colour): number {
  const level = (value: number): number => Math.round((value / 255) * 5);
  return 16 + 36 * level(red) + 6 * level(green) + level(blue);
}

function shaded(text: string, colour: Colour): string {
  const dark = 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2] < 140;
  return `\u001b[48;5;${ansi(colour)}m\u001b[38;5;${dark ? 231 : 16}m${text}\u001b[0m`;
}

/** From end to end of the metric's range, or of the matrix where the range has no end. */
function scaleOf(matrix: MetricMatrix): Scale {
  const defined = matrix.values.filter((value) => !Number.isNaN(value));
  const low = Math.min(matrix.range[0] ?? Infinity, ...defined);
  return { id: "data", low, high: matrix.range[1] ?? Math.max(...defined), logarithmic: false };
}

function wholeTable(
  matrix: MetricMatrix,
  rows: string[],
  columns: string[],
  options: TableTextOptions,
): string[] | null {
  const bounded = matrix.range[1] !== null;
  const cells = [...matrix.values].map((value) => (Number.isNaN(value) ? undefinedMark : formatValue(value, bounded)));
  const head = Math.min(longestName, Math.max(...rows.map((name) => name.length), 1));
  const size = Math.max(
    ...cells.map((cell) => cell.length),
    Math.min(12, Math.max(...columns.map((name) => name.length))),
  );
  if (head + columns.length * (size + 2) > options.width) return null;
  const scale = scaleOf(matrix);
  const header = `${" ".repeat(head)}${columns.map((name) => ` ${shortened(name, size).padStart(size)} `).join("")}`;
  const lines = rows.map((name, i) => {
    const line = columns.map((_, j) => {
      const k = i * matrix.columns + j;
      const text = ` ${cells[k]!.padStart(size)} `;
      return options.colour && matrix.status[k] === 0 ? shaded(text, colourOf(matrix.values[k]!, scale)) : text;
    });
    return `${shortened(name, head).padEnd(head)}${line.join("")}`;
  });
  return [header, ...lines].map((line) => line.trimEnd());
}

function closestTable(data: ComparisonData, matrix: MetricMatrix, rows: string[], columns: string[]): string[] {
  const bounded = matrix.range[1] !== null;
  const head = Math.min(longestName, Math.max(...rows.map((name) => name.length)));
  return rows.map((name, i) => {
    const { best } = closestInRow(matrix.values, matrix.columns, i, data.symmetric ? i : -1);
    const told =
      best < 0
        ? undefinedMark
        : `${formatValue(matrix.values[i * matrix.columns + best]!, bounded)}  ${shortened(columns[best]!, longestName)}`;
    return `${shortened(name, head).padEnd(head)}  ${told}`;
  });
}

/**
 * One metric for a terminal: its whole matrix where that fits into `width`, else the closest column of each row. Cells without a
 * value are a dash, and the reasons stand below.
 */
export function tableText(data: ComparisonData, matrix: MetricMatrix, options: TableTextOptions): string {
  const labels = sourceLabels([...data.rows, ...data.columns].map((layer) => layer.source));
  const rows = names(data.rows, labels);
  const columns = names(data.columns, labels);
  const sides = data.symmetric
    ? sideName(data.rows, labels)
    : `${sideName(data.rows, labels) || "rows"} ↓  ${sideName(data.columns, labels) || "columns"} →`;
  const whole = wholeTable(matrix, rows, columns, options);
  const body = whole ?? closestTable(data, matrix, rows, columns);
  const title = [matrix.label, sides, ...(whole === null ? ["closest column of each row"] : [])].filter(
    (part) => part !== "",
  );
  return [
    title.join("   "),
    ...body,
    ...matrix.reasons.map((reason) => `${undefinedMark} ${shortened(reason, 200)}`),
  ].join("\n");
}
