import type { MetricMatrix, PermutationTest } from "../../result.ts";
import { formatValue, typographic } from "../format.ts";
import type { PageQuantity } from "../page-data.ts";
import { isBounded, type ScaleGroup } from "../scale-groups.ts";
import { significance, tooFew } from "../significance.ts";
import type { Palettes } from "./palettes.ts";

/** Packs numbers, one a cell. */
export type Packer = (values: Float64Array) => string;

/** What the cells of a metric can be coloured by: its value and, where there is a permutation test, what that found. */
export function quantities(
  matrix: MetricMatrix,
  group: ScaleGroup,
  palettes: Palettes,
  packers: { readonly whole: Packer; readonly beside: Packer },
): PageQuantity[] {
  const { test, values } = matrix;
  const bounded = isBounded(matrix);
  const value: PageQuantity = {
    id: "value",
    values: packers.whole(values),
    bounded,
    scales: group.scales.map((scale) => palettes.scale(scale)),
    sharedBy: group.matrices.length,
    note: extentNote(group.extent, bounded),
  };
  if (test === null) return [value];
  const p = pValues(test, palettes);
  if (test.calibrated === null) return [value, p];
  return [value, calibrated(test, test.calibrated, palettes, packers.beside), p];
}

function extentNote(extent: readonly [number, number] | null, bounded: boolean): string {
  if (extent === null) return "No finite value exists.";
  const [low, high] = extent.map((value) => typographic(formatValue(value, bounded)));
  return `Values found: ${low} to ${high}.`;
}

function calibrated(test: PermutationTest, values: Float64Array, palettes: Palettes, packed: Packer): PageQuantity {
  return {
    id: "calibrated",
    values: packed(values),
    bounded: true,
    scales: [palettes.scale({ id: "full", low: 0, high: 1, logarithmic: false })],
    sharedBy: 1,
    note: `0: no more than the ${percent(test.quantile)} quantile of ${test.permutations.toLocaleString("en-US")} permutations.`,
  };
}

function pValues(test: PermutationTest, palettes: Palettes): PageQuantity {
  // The least p-value that so many permutations can give; the strong end of the colours belongs to it.
  const low = 1 / (test.permutations + 1);
  const facts = significance(test);
  const { found, tested } = facts;
  return {
    id: "p",
    values: null,
    bounded: false,
    scales: [palettes.scale({ id: "log", low, high: 1, logarithmic: true }, true)],
    sharedBy: 1,
    note:
      `${test.permutations.toLocaleString("en-US")} permutations cannot give less. ` +
      `A dot marks cells with p < 0.05 after Holm: ${found} of ${tested}. ` +
      tooFew(facts, test.permutations),
  };
}

/** `95 %` of 0.95, kept on one line. */
export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(4))}\u00a0%`;
}
