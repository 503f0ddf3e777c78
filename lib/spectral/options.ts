import { checkFunction, checkInteger, checkOneOf, checkSignal } from "../check.ts";
import { checkKernel } from "../kernels/check-kernel.ts";
import type { Kernel } from "../kernels/kernel.ts";
import { linear } from "../kernels/linear.ts";
import { native } from "../native.ts";
import type { OnProgress } from "../progress.ts";

/** What every function on the spectrum of a kernel matrix may be told. Everything has a default. */
export interface SpectralOptions {
  /** Linear by default. A `GramMatrix` is its own kernel matrix, whatever stands here. */
  readonly kernel?: Kernel;
  /** Element type of the eigenvectors; f64 by default, since small eigenvalues are what f32 loses first. */
  readonly precision?: "f32" | "f64";
  /** Of the sample of rows that stands for all of them in median bandwidths beyond 2,048 samples. 0 by default. */
  readonly seed?: number;
  /** Threads at work at a time: by default the cores that this process may use. Results do not depend on it. */
  readonly threads?: number;
  /** Aborts the work; the promise rejects with the signal's reason once the threads have let go. */
  readonly signal?: AbortSignal;
  /** Told now and then how far the work has come; what it throws aborts the work. */
  readonly onProgress?: OnProgress;
}

/** The options with their defaults filled in. */
export interface CheckedSpectralOptions {
  readonly kernel: Kernel;
  readonly precision: "f32" | "f64";
  readonly seed: number;
  readonly threads: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: OnProgress | undefined;
}

export const spectralKeys = ["kernel", "precision", "seed", "threads", "signal", "onProgress"] as const;

export function checkSpectralOptions(
  options: Readonly<Partial<Record<(typeof spectralKeys)[number], unknown>>>,
): CheckedSpectralOptions {
  const { kernel, precision, seed, threads, signal, onProgress } = options;
  return {
    kernel: kernel === undefined ? linear() : checkKernel(kernel, "kernel"),
    precision: precision === undefined ? "f64" : checkOneOf(precision, "precision", ["f32", "f64"]),
    seed: seed === undefined ? 0 : checkInteger(seed, "seed", { min: 0, max: 2 ** 32 - 1 }),
    threads: threads === undefined ? native().info().cores : checkInteger(threads, "threads", { min: 1, max: 64 }),
    signal: signal === undefined ? undefined : checkSignal(signal, "signal"),
    onProgress: onProgress === undefined ? undefined : checkFunction(onProgress as OnProgress, "onProgress"),
  };
}
