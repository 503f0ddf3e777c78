import { SystemError } from "../errors.ts";

/** Resampling reads every entry of every operator hundreds of times, so it keeps them: n² numbers an operator. */
export function heldBytes(samples: number, operators: number, precision: "f32" | "f64"): number {
  return samples ** 2 * operators * (precision === "f32" ? 4 : 8);
}

/** @throws SystemError with code MEMORY_LIMIT when the operators do not fit. */
export function checkHeldBytes(samples: number, operators: number, precision: "f32" | "f64", limit: number): void {
  const needed = heldBytes(samples, operators, precision);
  if (needed <= limit) return;
  throw new SystemError(
    "MEMORY_LIMIT",
    `Expected a memoryLimit of at least ${needed} bytes to resample ${operators} operators on ${samples} samples ` +
      `but received ${limit}: fewer layers at a time, fewer samples or a larger limit would fit.`,
    { needed, limit },
  );
}
