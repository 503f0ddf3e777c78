import type { TargetPower } from "./target-power.ts";

/** C(m) at [m − 1], the share of the captured power in the m leading eigenvectors (Canatar, Bordelon and Pehlevan 2021), and the captured share. */
export function cumulativePower({ power, total }: Pick<TargetPower, "power" | "total">): {
  readonly curve: Float64Array;
  readonly captured: number;
} {
  const curve = new Float64Array(power.length);
  let sum = 0;
  for (const [i, value] of power.entries()) {
    sum += value;
    curve[i] = sum;
  }
  if (sum === 0) return { curve: new Float64Array(0), captured: 0 };
  // Rounding may carry the sum of the parts a little beyond the whole.
  return { curve: curve.map((value) => value / sum), captured: Math.min(1, sum / total) };
}
