import { ArgumentError, DataError, type ErrorCode, type GramianError, SystemError } from "./errors.ts";

const classes: Partial<Record<ErrorCode, typeof GramianError>> = {
  INVALID_ARGUMENT: ArgumentError,
  SHAPE_MISMATCH: ArgumentError,
  NON_FINITE: DataError,
  NOT_SYMMETRIC: DataError,
};

/** What the addon threw or reported, as one of gramian's errors with the stack of `place`. */
export function nativeError(code: string, message: string, place: Error): GramianError {
  const Class = classes[code as ErrorCode] ?? SystemError;
  const error = new Class(code as ErrorCode, message);
  // A stack begins with the name and the message, which `place` did not know yet.
  const frames = place.stack?.match(/\n\s+at [^]*$/)?.[0] ?? "";
  error.stack = `${error.name}: ${message}${frames}`;
  return error;
}

/** Calls the addon; what it throws comes out as one of gramian's errors. */
export function callNative<T>(call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    const code: unknown = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
    if (!(thrown instanceof Error) || typeof code !== "string" || code === "NATIVE_LOAD") throw thrown;
    throw nativeError(code, thrown.message, thrown);
  }
}
