import { type ErrorCode, SystemError } from "./errors.ts";
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
  const failure = new SystemError("INTERNAL", "");
  let stop: (() => void) | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      let refusal: { readonly reason: unknown } | undefined;
      let job: NativeJob | undefined;
      const refuse = (reason: unknown): void => {
        refusal ??= { reason };
        job?.cancel();
      };
      const progress =
        onProgress === undefined
          ? null
          : (done: number, total: number): void => {
              if (refusal !== undefined) return;
              try {
                onProgress(done, total);
              } catch (thrown) {
                refuse(thrown);
              }
            };
      job = start(progress, (error, result) => {
        if (refusal !== undefined) reject(refusal.reason);
        else if (error === null) resolve(result as T);
        else reject(named(failure, error));
      });
      if (signal !== undefined) {
        stop = () => refuse(signal.reason);
        signal.addEventListener("abort", stop, { once: true });
      }
    });
  } finally {
    if (stop !== undefined) signal?.removeEventListener("abort", stop);
  }
}

/** The prepared error, told what happened; its stack begins with its message, so that has to be told too. */
function named(prepared: SystemError, error: "cancelled" | { code: string; message: string }): SystemError {
  const { code, message } =
    error === "cancelled"
      ? { code: "INTERNAL", message: "The job was cancelled, and nobody had asked for it." }
      : error;
  const told = new SystemError(code as ErrorCode, message);
  told.stack = `${told.name}: ${message}${prepared.stack?.slice(prepared.stack.indexOf("\n")) ?? ""}`;
  return told;
}
