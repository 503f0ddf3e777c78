import { native, type NativeProduct } from "../native.ts";
import { phaseJob } from "../phase-job.ts";
import type { CheckedSpectralOptions } from "./options.ts";

/** Runs the products in one job; their `out` arrays hold the results afterwards. */
export async function multiply(
  products: readonly NativeProduct[],
  { threads, signal }: Pick<CheckedSpectralOptions, "threads" | "signal">,
): Promise<void> {
  if (products.length === 0) return;
  await phaseJob<undefined>("spectra", { signal, onProgress: undefined }, (progress, done) =>
    native().productsJob(products, threads, progress, done),
  );
}
