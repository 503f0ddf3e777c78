import type { ComparisonData, Intervals, LayerSummary, MetricMatrix, PermutationTest } from "../../result.ts";
import { closestIs } from "../closest-is.ts";
import { pack } from "../pack.ts";
import type { PageAxis, PageData, PageIntervals, PageMetric, PageTest } from "../page-data.ts";
import { groupOf, scaleGroups, type ScaleGroup } from "../scale-groups.ts";
import { sourceGroups, sourceLabels } from "../sources.ts";
import { visibleName } from "../visible-name.ts";
import { Palettes } from "./palettes.ts";
import { quantities, type Packer } from "./quantities.ts";

/** The page must stay small: of so many numbers of tests and intervals at most it carries each, to five digits. */
const mostBeside = 120_000;

/** Whether the page says all that tests and intervals found; if not, it has p-values and calibrated scores only. */
export function saysAll({ matrices }: Pick<ComparisonData, "matrices">): boolean {
  const numbers = matrices.map(({ test, intervals, rows, columns, symmetric }) => {
    const tables = (test === null ? 0 : 2) + (intervals === null ? 0 : 2);
    return (tables * rows * columns) / (symmetric && rows === columns ? 2 : 1);
  });
  return numbers.reduce((sum, count) => sum + count, 0) <= mostBeside;
}

/** Everything that the page's script needs. */
export function pageData(data: ComparisonData): PageData {
  const labels = sourceLabels([...data.rows, ...data.columns].map((layer) => layer.source));
  const axis = (layers: readonly LayerSummary[]): PageAxis => ({
    names: layers.map((layer) => visibleName(layer.name)),
    groups: sourceGroups(layers, labels),
  });
  const groups = scaleGroups(data.matrices);
  const palettes = new Palettes();
  const besideBytes = saysAll(data) ? 3 : 2;
  const metrics = data.matrices.map((matrix, i) => pageMetric(matrix, groupOf(groups, i), palettes, besideBytes));
  return {
    symmetric: data.symmetric,
    rows: axis(data.rows),
    columns: axis(data.columns),
    palettes: palettes.all,
    besideBytes,
    metrics,
  };
}

function pageMetric(matrix: MetricMatrix, group: ScaleGroup, palettes: Palettes, besideBytes: 3 | 2): PageMetric {
  const packed = (values: ArrayLike<number>, bytes: 4 | 3 | 2): string => pack(triangle(values, matrix), bytes);
  const whole: Packer = (values) => packed(values, 4);
  const beside: Packer = (values) => packed(values, besideBytes);
  return {
    label: visibleName(matrix.label),
    directed: !matrix.symmetric,
    distance: matrix.sense === "distance",
    closestIs: closestIs(matrix),
    upper: matrix.range[1],
    errors: matrix.errors === null ? null : packed(matrix.errors, 2),
    reasons: matrix.reasons.map(visibleName),
    missing: runs(matrix.status),
    quantities: quantities(matrix, group, palettes, { whole, beside }),
    test: matrix.test === null ? null : pageTest(matrix.test, whole, besideBytes === 3 ? beside : null),
    intervals: matrix.intervals === null || besideBytes < 3 ? null : pageIntervals(matrix, matrix.intervals, beside),
  };
}

function pageTest(test: PermutationTest, whole: Packer, beside: Packer | null): PageTest {
  const { quantile, pValues, holm, benjaminiHochberg, nullMean, nullQuantile } = test;
  const first = new Map<string, number>();
  const cells: number[] = [];
  const triples = pValues.map((p, k) => {
    if (Number.isNaN(p)) return p;
    const triple = `${p} ${holm[k]} ${benjaminiHochberg[k]}`;
    const index = first.get(triple) ?? first.size;
    if (index === first.size) cells.push(k);
    first.set(triple, index);
    return index;
  });
  const listed = (values: Float64Array): number[] => cells.map((k) => Number((values[k] ?? 1).toPrecision(6)));
  return {
    quantile,
    // Permutations give few different p-values, and equal ones are adjusted alike.
    triples: whole(triples),
    p: listed(pValues),
    holm: listed(holm),
    benjaminiHochberg: listed(benjaminiHochberg),
    nullMean: beside === null ? null : beside(nullMean),
    nullQuantile: beside === null ? null : beside(nullQuantile),
  };
}

function pageIntervals({ values }: MetricMatrix, { level, low, high }: Intervals, beside: Packer): PageIntervals {
  return {
    level,
    // Distances from the value need fewer digits than the ends themselves.
    below: beside(values.map((value, k) => value - (low[k] ?? Number.NaN))),
    above: beside(values.map((value, k) => (high[k] ?? Number.NaN) - value)),
  };
}

/** The upper triangle, row by row, of a matrix that is its own mirror image; otherwise all of it. */
function triangle(values: ArrayLike<number>, { rows, columns }: MetricMatrix): ArrayLike<number> {
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
