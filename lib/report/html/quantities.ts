import type { MetricMatrix, PermutationTest } from "../../result.ts";
import { formatP, formatValue, typographic } from "../format.ts";
import type { PageQuantity } from "../page-data.ts";
import { isBounded, type ScaleGroup } from "../scale-groups.ts";
import type { Palettes } from "./palettes.ts";

/** What the cells of a metric can be coloured by: its value and, where there is a permutation test, what that found. */
export function quantities(
  matrix: MetricMatrix,
  group: ScaleGroup,
  palettes: Palettes,
  packed: (values: Float64Array) => string,
): PageQuantity[] {
  const { test, values } = matrix;
  const bounded = isBounded(matrix);
  const value: PageQuantity = {
    id: "value",
    values: packed(values),
    bounded,
    scales: group.scales.map((scale) => palettes.scale(scale)),
    sharedBy: group.matrices.length,
    note: extentNote(group.extent, bounded),
  };
  if (test === null) return [value];
  const p = pValues(test, palettes, packed);
  if (test.calibrated === null) return [value, p];
  return [value, calibrated(test, test.calibrated, palettes, packed), p];
}

function extentNote(extent: readonly [number, number] | null, bounded: boolean): string {
  if (extent === null) return "No finite value exists.";
  const [low, high] = extent.map((value) => typographic(formatValue(value, bounded)));
  return `Values found: ${low} to ${high}.`;
}

function calibrated(
  test: PermutationTest,
  values: Float64Array,
  palettes: Palettes,
  packed: (values: Float64Array) => string,
): PageQuantity {
  return {
    id: "calibrated",
    values: packed(values),
    bounded: true,
    scales: [palettes.scale({ id: "full", low: 0, high: 1, logarithmic: false })],
    sharedBy: 1,
    note: `0: no more than the ${percent(test.quantile)} quantile of the permutations; 1: the greatest value that there is.`,
  };
}

function pValues(test: PermutationTest, palettes: Palettes, packed: (values: Float64Array) => string): PageQuantity {
  // The least p-value that so many permutations can give; the strong end of the colours belongs to it.
  const low = 1 / (test.permutations + 1);
  const tested = test.holm.filter((p) => !Number.isNaN(p));
  const found = tested.filter((p) => p < 0.05).length;
  return {
    id: "p",
    values: packed(test.pValues),
    bounded: false,
    scales: [palettes.scale({ id: "log", low, high: 1, logarithmic: true }, true)],
    sharedBy: 1,
    note:
      `A dot marks cells with p < 0.05 after Holm: ${found} of ${tested.length}. ` +
      `The least p that ${test.permutations.toLocaleString("en-US")} permutations can give is ${formatP(low)}.`,
  };
}

/** `95 %` of 0.95. */
export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(4))} %`;
}
