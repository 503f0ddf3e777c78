/** Every error that gramian throws has one of these codes; they are stable, and programs may switch on them. */
export type ErrorCode =
  | "INVALID_ARGUMENT" // an argument of the wrong type, range or shape
  | "SHAPE_MISMATCH" // two things that must agree in size do not
  | "NON_FINITE" // NaN or ±Infinity where numbers are needed
  | "NOT_SYMMETRIC" // a Gram matrix that is not symmetric
  | "UNSUPPORTED_DTYPE" // an element type that cannot be computed with
  | "UNSUPPORTED_FORMAT" // a file that is none of .safetensors, .npy, .npz (a pickle, for instance)
  | "CORRUPT_FILE" // a file whose header lies, is cut short or contradicts itself
  | "NO_SUCH_TENSOR" // a name or pattern that matches nothing in the file
  | "NO_SUCH_POINT" // a stitch point that the network has not
  | "NOT_LIPSCHITZ" // a head without a known Lipschitz constant
  | "FILE_ACCESS" // the operating system refused: not found, no rights, disk full
  | "MEMORY_LIMIT" // the work does not fit in the memory that was allowed
  | "OUT_OF_MEMORY" // an allocation failed
  | "NATIVE_LOAD" // the addon could not be loaded
  | "INTERNAL"; // a bug in gramian

/** Where in a file a problem lies. `byte` is an offset from the start of the file. */
export interface FileLocation {
  readonly file: string;
  readonly tensor?: string;
  readonly byte?: number;
}

/**
 * The base of all of gramian's errors: a stable `code`, a sentence for people, and the numbers in `details`.
 *
 * @example
 * ```ts
 * import { GramianError, Representation } from "gramian";
 * try {
 *   Representation.fromArray(new Float32Array(5), [2, 3]);
 * } catch (error) {
 *   if (error instanceof GramianError) console.log(error.code); // SHAPE_MISMATCH
 * }
 * ```
 */
export class GramianError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.details = details;
  }
}

/** A caller's mistake: a wrong type, range, name or shape. */
export class ArgumentError extends GramianError {}

/** Numbers that cannot be computed with: non-finite entries, a lopsided Gram matrix. */
export class DataError extends GramianError {}

/** A file that cannot be read or written; `details` holds the {@link FileLocation}. */
export class FileError extends GramianError {}

/** The machine's side: memory, the addon, a bug. */
export class SystemError extends GramianError {}
