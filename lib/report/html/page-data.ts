import type { ComparisonData, LayerSummary, MetricMatrix } from "../../result.ts";
import { closestIs } from "../closest-is.ts";
import { pack } from "../pack.ts";
import type { PageAxis, PageData, PageIntervals, PageMetric, PageTest } from "../page-data.ts";
import { groupOf, scaleGroups, type ScaleGroup } from "../scale-groups.ts";
import { sourceGroups, sourceLabels } from "../sources.ts";
import { visibleName } from "../visible-name.ts";
import { Palettes } from "./palettes.ts";
import { quantities } from "./quantities.ts";

/** Up to this many cells what stands beside a value has five digits; beyond it two to three, for the page must stay small. */
const fewCells = 10_000;

/** Everything that the page's script needs. */
export function pageData(data: ComparisonData): PageData {
  const labels = sourceLabels([...data.rows, ...data.columns].map((layer) => layer.source));
  const axis = (layers: readonly LayerSummary[]): PageAxis => ({
    names: layers.map((layer) => visibleName(layer.name)),
    groups: sourceGroups(layers, labels),
  });
  const groups = scaleGroups(data.matrices);
  const palettes = new Palettes();
  const metrics = data.matrices.map((matrix, i) => pageMetric(matrix, groupOf(groups, i), palettes));
  return {
    symmetric: data.symmetric,
    rows: axis(data.rows),
    columns: axis(data.columns),
    palettes: palettes.all,
    metrics,
  };
}

function pageMetric(matrix: MetricMatrix, group: ScaleGroup, palettes: Palettes): PageMetric {
  const besideBytes = matrix.values.length <= fewCells ? 3 : 2;
  const whole: Packer = (values) => pack(triangle(values, matrix), 4);
  const beside: Packer = (values) => pack(triangle(values, matrix), besideBytes);
  return {
    label: visibleName(matrix.label),
    directed: !matrix.symmetric,
    distance: matrix.sense === "distance",
    closestIs: closestIs(matrix),
    upper: matrix.range[1],
    errors: matrix.errors === null ? null : pack(triangle(matrix.errors, matrix), 2),
    reasons: matrix.reasons.map(visibleName),
    missing: runs(matrix.status),
    quantities: quantities(matrix, group, palettes, whole),
    besideBytes,
    test: pageTest(matrix, whole, beside),
    intervals: pageIntervals(matrix, beside),
  };
}

type Packer = (values: Float64Array) => string;

function pageTest({ test }: MetricMatrix, whole: Packer, beside: Packer): PageTest | null {
  if (test === null) return null;
  return {
    quantile: test.quantile,
    // Few different numbers, which deflate well: exact, so that what is below 0.05 is so in the page too.
    holm: whole(test.holm),
    benjaminiHochberg: whole(test.benjaminiHochberg),
    nullMean: beside(test.nullMean),
    nullQuantile: beside(test.nullQuantile),
  };
}

function pageIntervals({ intervals, values }: MetricMatrix, beside: Packer): PageIntervals | null {
  if (intervals === null) return null;
  return {
    level: intervals.level,
    // Distances from the value need fewer digits than the ends themselves.
    below: beside(values.map((value, k) => value - (intervals.low[k] ?? Number.NaN))),
    above: beside(values.map((value, k) => (intervals.high[k] ?? Number.NaN) - value)),
  };
}

/** The upper triangle, row by row, of a matrix that is its own mirror image; otherwise all of it. */
function triangle(values: Float64Array, { rows, columns }: MetricMatrix): ArrayLike<number> {
  if (rows !== columns) return values;
  const upper: number[] = [];
  for (let i = 0; i < rows; i++) {
    for (let j = i; j < columns; j++) {
      const value = values[i * columns + j] ?? Number.NaN;
      if (!Object.is(value, values[j * columns + i])) return values;
      upper.push(value);
    }
  }
  return upper;
}

function runs(status: Uint16Array): [number, number, number][] {
  const found: [number, number, number][] = [];
  status.forEach((value, index) => {
    if (value === 0) return;
    const last = found.at(-1);
    if (last !== undefined && last[0] + last[1] === index && last[2] === value - 1) last[1]++;
    else found.push([index, 1, value - 1]);
  });
  return found;
}
