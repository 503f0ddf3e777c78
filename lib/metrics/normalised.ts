import type { Sum } from "../table.ts";
import type { Outcome } from "./metric.ts";

/** A self-term smaller than this many rounding errors counts as zero. */
const roundings = 8;

/**
 * cross/√(selfA·selfB), or why it does not exist: a self-term that is zero, negative, or made of rounding errors alone.
 * `what` names the self-term in the reason.
 */
export function normalised(cross: number, selfA: Sum, selfB: Sum, rounding: number, what: string): Outcome {
  for (const [self, side] of [
    [selfA, "row"],
    [selfB, "column"],
  ] as const) {
    if (self.magnitude === 0) return { reason: `${what} of the ${side} layer is 0: its rows are all alike` };
    if (Math.abs(self.value) <= roundings * rounding * self.magnitude) {
      return { reason: `${what} of the ${side} layer is 0 to rounding` };
    }
    if (self.value <= 0) return { reason: `${what} of the ${side} layer is ${self.value}, not above 0` };
  }
  return { value: cross / geometricMean(selfA.value, selfB.value) };
}

/** √(ab), the same for (b, a) and exactly a for (a, a); by two roots where the product would overflow or lose digits. */
function geometricMean(a: number, b: number): number {
  const product = a * b;
  return product > 1e-290 && product < Infinity ? Math.sqrt(product) : Math.sqrt(a) * Math.sqrt(b);
}
