import type { DType } from "../dtype.ts";
import type { FileError } from "../errors.ts";
import { fileError } from "./file-error.ts";
import { nearNames } from "./near-names.ts";
import { quoted } from "./quoted.ts";
import type { TensorInfo } from "./tensor-file.ts";

/** A tensor whose elements can be computed with. */
export type ReadableTensor<T extends TensorInfo> = T & { readonly dtype: DType };

/** What a message says of names that are close to one that is missing. */
export function nearNamesHint(names: readonly string[], wanted: string): string {
  if (names.length === 0) return "The file holds no tensors.";
  const near = nearNames(names, wanted);
  const list = near.map(quoted).join(", ");
  return names.length === near.length
    ? `It holds ${list}.`
    : `Of its ${names.length} tensors, these are the nearest: ${list}.`;
}

/** The tensor of that name; NO_SUCH_TENSOR when there is none, UNSUPPORTED_DTYPE when its elements cannot be computed with. */
export function findTensor<T extends TensorInfo>(
  file: string,
  tensors: ReadonlyMap<string, T>,
  name: string,
  dtypeAdvice: (tensor: T) => { readonly accepted: string; readonly advice: string },
): ReadableTensor<T> {
  const tensor = tensors.get(name);
  if (tensor === undefined) {
    const names = [...tensors.keys()];
    const problem = `there is no tensor of this name. ${nearNamesHint(names, name)}`;
    throw fileError("NO_SUCH_TENSOR", { file, tensor: name }, problem);
  }
  if (isReadable(tensor)) return tensor;
  throw unsupportedDtype(file, tensor, dtypeAdvice(tensor));
}

function isReadable<T extends TensorInfo>(tensor: T): tensor is ReadableTensor<T> {
  return tensor.dtype !== null;
}

function unsupportedDtype(
  file: string,
  tensor: TensorInfo,
  { accepted, advice }: { readonly accepted: string; readonly advice: string },
): FileError {
  const at = { file, tensor: tensor.name, byte: tensor.byteOffset };
  const problem = `Expected ${accepted} for the element type but received ${quoted(tensor.fileDtype)}. ${advice}`;
  return fileError("UNSUPPORTED_DTYPE", at, problem, { details: { dtype: tensor.fileDtype, accepted } });
}
