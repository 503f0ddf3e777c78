import type { MetricMatrix } from "../result.ts";
import type { Scale } from "./scale.ts";

/** Metrics whose values may be compared with each other, and the colour scales that they share; the first scale is the default. */
export interface ScaleGroup {
  readonly matrices: readonly number[];
  readonly scales: readonly Scale[];
  /** The least and the greatest finite value; null when no value is finite. */
  readonly extent: readonly [number, number] | null;
}

/** True for a metric whose values end at a fixed number, which all metrics that end there may share a scale with. */
export function isBounded(matrix: MetricMatrix): boolean {
  return matrix.range[1] !== null;
}

// Normalised measures share a scale whatever their kernel and estimator, but distances do not share one with similarities, nor
// values that may fall below every bound one with values that may not: a single −50 would leave all others a sliver of the colours.
// The rest have units of their own: those of one metric, kernel and choice of parameters can be compared between estimators,
// nothing else can.
function groupKey(matrix: MetricMatrix): string {
  const { sense, range, metric, kernel, parameters } = matrix;
  if (range[1] !== null) return `${sense} ${range[0] === null ? "of any depth " : ""}up to ${range[1]}`;
  return JSON.stringify([metric, kernel, parameters]);
}

function extentOf(matrices: readonly MetricMatrix[]): readonly [number, number] | null {
  let low = Infinity;
  let high = -Infinity;
  for (const matrix of matrices) {
    for (const value of matrix.values) {
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : null;
}

/** Away from zero to two significant digits, so that the ends of a scale can be stated in full. */
function outward(value: number): number {
  if (value === 0) return 0;
  const power = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
  const steps = Math.abs(value) / power;
  return Number((Math.sign(value) * Math.ceil(steps * (1 - 1e-12)) * power).toPrecision(2));
}

function smallestPositive(matrices: readonly MetricMatrix[]): number {
  let least = Infinity;
  for (const { values } of matrices) for (const value of values) if (value > 0 && value < least) least = value;
  return least;
}

function scalesOf(matrices: readonly MetricMatrix[], extent: readonly [number, number] | null): Scale[] {
  const upper = matrices[0]?.range[1] ?? null;
  if (extent === null) return [{ id: "full", low: 0, high: upper ?? 1, logarithmic: false }];
  const [low, high] = extent;
  const top = upper !== null && high <= upper ? upper : outward(Math.max(high, 0));
  const full: Scale = { id: "full", low: outward(Math.min(low, 0)), high: top, logarithmic: false };
  const data: Scale = { id: "data", low, high, logarithmic: false };
  const scales = high > low && (low !== full.low || high !== full.high) ? [full, data] : [full];
  if (upper !== null) return scales;
  const distance = matrices[0]?.sense === "distance";
  // Six orders of magnitude are as many as 254 colours tell apart.
  const floor = Math.max(smallestPositive(matrices), high * 1e-6);
  if (!(high > floor)) return scales;
  const log: Scale = { id: "log", low: floor, high, logarithmic: true };
  // A distance is read from zero: where two layers are the same it is zero to rounding, which in equal ratios would be half the bar.
  return high > 100 * floor && low >= 0 && !distance ? [log, ...scales] : [...scales, log];
}

/** The groups of comparable metrics of a result, in the order of their first metric. */
export function scaleGroups(matrices: readonly MetricMatrix[]): ScaleGroup[] {
  const byKey = new Map<string, number[]>();
  matrices.forEach((matrix, i) => {
    const key = groupKey(matrix);
    byKey.set(key, [...(byKey.get(key) ?? []), i]);
  });
  return [...byKey.values()].map((indices) => {
    const members = matrices.filter((_, i) => indices.includes(i));
    const extent = extentOf(members);
    return { matrices: indices, extent, scales: scalesOf(members, extent) };
  });
}

/** The group that matrix `index` belongs to. */
export function groupOf(groups: readonly ScaleGroup[], index: number): ScaleGroup {
  const found = groups.find((group) => group.matrices.includes(index));
  if (found === undefined) throw new RangeError(`No scale for matrix ${index}.`);
  return found;
}
