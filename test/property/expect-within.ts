import assert from "node:assert/strict";
import type { Cell } from "../../lib/index.ts";

/** |actual − expected| ≤ tolerance; NaN is never within. */
export function expectWithin(actual: number, expected: number, tolerance: number, what = "the number"): void {
  const error = Math.abs(actual - expected);
  const message = `${what}: ${actual} for ${expected}, off by ${error} where ${tolerance} may be`;
  assert.ok(error <= tolerance, message);
}

/** |actual − expected| > distance: what should tell two things apart does. */
export function expectApart(actual: number, expected: number, distance: number, what = "the numbers"): void {
  assert.ok(Math.abs(actual - expected) > distance, `${what} should differ: ${actual}, ${expected}`);
}

/** The value of a cell that must have one. */
export async function definedValue(cell: Promise<Cell>): Promise<number> {
  const { value, status, reason } = await cell;
  assert.equal(status, "ok", reason ?? "");
  return value;
}
