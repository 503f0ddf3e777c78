import { AsyncResource } from "node:async_hooks";

import { callNative, nativeError } from "./native-error.ts";
import type { NativeDone, NativeJob, NativeProgress } from "./native.ts";

export interface JobOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: NativeProgress | undefined;
}

/**
 * Runs a native job as a promise. It settles when the job's threads have let go of everything, whatever happened: the job ended, it
 * was aborted (then it rejects with the signal's reason), or the caller's `onProgress` threw (then with what it threw).
 */
export async function runJob<T>(
  start: (progress: NativeProgress | null, done: NativeDone<T>) => NativeJob,
  options: JobOptions = {},
): Promise<T> {
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  // Made here, while the caller is still on the stack: an error that comes back from the threads has no stack worth reading.
  const place = new Error();
  let refusal: { readonly reason: unknown } | undefined;
  let job: NativeJob | undefined;
  const refuse = (reason: unknown): void => {
    refusal ??= { reason };
    job?.cancel();
  };
  const onAbort = (): void => refuse(signal?.reason);
  const report = onProgress && guarded(onProgress, refuse, () => refusal === undefined);
  try {
    return await new Promise<T>((resolve, reject) => {
      const done: NativeDone<T> = (error, result) => {
        if (refusal !== undefined) reject(refusal.reason);
        else if (error === null) resolve(result as T);
        else if (error === "cancelled")
          reject(nativeError("INTERNAL", "A job was cancelled that nobody cancelled.", place));
        else reject(nativeError(error.code, error.message, place));
      };
      job = callNative(() => start(report ?? null, done));
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}

/** The caller's function in the caller's asynchronous context; what it throws is handed to `refuse`. */
function guarded(onProgress: NativeProgress, refuse: (reason: unknown) => void, wanted: () => boolean): NativeProgress {
  return AsyncResource.bind((done: number, total: number): void => {
    if (!wanted()) return;
    try {
      onProgress(done, total);
    } catch (thrown) {
      refuse(thrown);
    }
  });
}
