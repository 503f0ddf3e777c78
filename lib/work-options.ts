import { checkFunction, checkInteger, checkSignal } from "./check.ts";
import { native } from "./native.ts";
import type { PhaseOptions } from "./phase-job.ts";
import type { OnProgress } from "./progress.ts";

/** How work that is neither a comparison nor a spectrum is run. Everything has a default. */
export interface WorkOptions {
  /** Threads at work at a time: by default the cores that this process may use. Results do not depend on it. */
  readonly threads?: number;
  /** Aborts the work; the promise rejects with the signal's reason once the threads have let go. */
  readonly signal?: AbortSignal;
  /** Told now and then how far the work has come; what it throws aborts the work. */
  readonly onProgress?: OnProgress;
}

export const workKeys = ["threads", "signal", "onProgress"] as const;

export function checkWorkOptions(options: Readonly<Partial<Record<(typeof workKeys)[number], unknown>>>): PhaseOptions {
  const { threads, signal, onProgress } = options;
  return {
    threads: threads === undefined ? native().info().cores : checkInteger(threads, "threads", { min: 1, max: 64 }),
    signal: signal === undefined ? undefined : checkSignal(signal, "signal"),
    onProgress: onProgress === undefined ? undefined : checkFunction(onProgress as OnProgress, "onProgress"),
  };
}

/** Checked options as options again, for functions that check their own. */
export function workOptionsOf({ threads, signal, onProgress }: PhaseOptions): WorkOptions {
  return {
    threads,
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress }),
  };
}
