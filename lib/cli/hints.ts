import type { ErrorCode } from "../errors.ts";
import { GramianError } from "../errors.ts";
import { OutputError } from "./output-error.ts";
import { UsageError } from "./usage-error.ts";

const hints: Readonly<Partial<Record<ErrorCode, string>>> = {
  SHAPE_MISMATCH:
    "Row i must be the same input in every file; `gramian inspect FILE` prints the shapes. Stacks need --layer-axis, and samples × anything × … needs --flatten.",
  NON_FINITE:
    "`gramian inspect FILE` counts them in every layer; leave a layer out with --layers, e.g. --layers '!(fc2)'.",
  UNSUPPORTED_DTYPE: "Save activations as f64, f32, f16 or bf16.",
  CORRUPT_FILE: "The file was perhaps copied only in part, or is still being written.",
  NO_SUCH_TENSOR: "`gramian inspect FILE` lists what is in the file. Quote patterns, or the shell expands them.",
  NO_SUCH_POINT:
    "`gramian inspect FILE` lists the layers of activations; --head-from names a stitch point whose name differs.",
  NOT_LIPSCHITZ: "--lipschitz K takes your word for the constant.",
  MEMORY_LIMIT: "Raise --memory-limit, compare a sample with --rows N, or fewer layers with --layers.",
  OUT_OF_MEMORY: "Compare a sample with --rows N, or fewer layers with --layers.",
  INTERNAL: "This is a bug in gramian. Run again with --debug and report what it prints.",
};

/** What to do about an error, or null if its message says it already. */
export function hintFor(error: unknown): string | null {
  if (error instanceof UsageError) return error.hint;
  if (error instanceof OutputError) return "Choose another --out, or make room and rights there.";
  return error instanceof GramianError ? (hints[error.code] ?? null) : (hints.INTERNAL ?? null);
}
