import { runJob } from "./job.ts";
import type { NativeDone, NativeJob, NativeProgress } from "./native.ts";
import type { OnProgress, Phase } from "./progress.ts";

/** How the jobs of a comparison are run. */
export interface PhaseOptions {
  readonly threads: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: OnProgress | undefined;
}

/** Runs a native job as one phase of a comparison. */
export async function phaseJob<T>(
  phase: Phase,
  { signal, onProgress }: Pick<PhaseOptions, "signal" | "onProgress">,
  start: (progress: NativeProgress | null, done: NativeDone<T>) => NativeJob,
): Promise<T> {
  return await runJob<T>(start, {
    signal,
    onProgress: onProgress && ((done, total) => onProgress({ phase, done, total })),
  });
}
