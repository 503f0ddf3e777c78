import type { ErrorCode } from "../errors.ts";
import { GramianError } from "../errors.ts";
import { Interrupted } from "./interrupted.ts";
import { OutputError } from "./output-error.ts";

/** What the command's exit code says. `--help` prints this list; scripts may rely on it. */
export const exitCodes = {
  ok: 0,
  internal: 1,
  usage: 2,
  input: 3,
  output: 4,
} as const;

const codeOf: Readonly<Record<ErrorCode, number>> = {
  INVALID_ARGUMENT: exitCodes.usage,
  // The limit is an argument, and raising it is the cure.
  MEMORY_LIMIT: exitCodes.usage,
  SHAPE_MISMATCH: exitCodes.input,
  NON_FINITE: exitCodes.input,
  NOT_SYMMETRIC: exitCodes.input,
  UNSUPPORTED_DTYPE: exitCodes.input,
  UNSUPPORTED_FORMAT: exitCodes.input,
  CORRUPT_FILE: exitCodes.input,
  NO_SUCH_TENSOR: exitCodes.input,
  NO_SUCH_POINT: exitCodes.input,
  NOT_LIPSCHITZ: exitCodes.input,
  FILE_ACCESS: exitCodes.input,
  OUT_OF_MEMORY: exitCodes.internal,
  NATIVE_LOAD: exitCodes.internal,
  INTERNAL: exitCodes.internal,
};

/** The exit code for a failure: interrupted runs end as a shell expects (128 + the signal's number). */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Interrupted) return error.exitCode;
  if (error instanceof OutputError) return exitCodes.output;
  if (error instanceof GramianError) return codeOf[error.code];
  return exitCodes.internal;
}
