import { expect } from "vitest";
import type { Cell } from "../../lib/index.ts";

/** |actual − expected| ≤ tolerance; NaN is never within. */
export function expectWithin(actual: number, expected: number, tolerance: number, what = "the number"): void {
  const error = Math.abs(actual - expected);
  const message = `${what}: ${actual} for ${expected}, off by ${error} where ${tolerance} may be`;
  expect(error, message).toBeLessThanOrEqual(tolerance);
}

/** |actual − expected| > distance: what should tell two things apart does. */
export function expectApart(actual: number, expected: number, distance: number, what = "the numbers"): void {
  expect(Math.abs(actual - expected), `${what} should differ: ${actual}, ${expected}`).toBeGreaterThan(distance);
}

/** The value of a cell that must have one. */
export async function definedValue(cell: Promise<Cell>): Promise<number> {
  const { value, status, reason } = await cell;
  expect(status, reason ?? "").toBe("ok");
  return value;
}
