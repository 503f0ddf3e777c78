import { existsSync } from "node:fs";

import { fileError } from "../../io/file-error.ts";
import { nearNamesHint } from "../../io/find-tensor.ts";
import { quoted } from "../../io/quoted.ts";
import type { TensorFile, TensorInfo } from "../../io/tensor-file.ts";

/** A tensor as it is typed: `FILE:tensor`, or `FILE` where the file has but one. */
export interface TypedTensor {
  readonly path: string;
  readonly tensor: string | null;
}

/** Splits at the last colon that is none of a path; a file that is really named so is taken whole. */
export function splitTensor(text: string): TypedTensor {
  const at = text.lastIndexOf(":");
  if (at < 1 || at === text.length - 1 || existsSync(text)) return { path: text, tensor: null };
  return { path: text.slice(0, at), tensor: text.slice(at + 1) };
}

/**
 * The tensor that is meant; `purpose` is what it is for, `option` where it was typed.
 *
 * @throws FileError NO_SUCH_TENSOR when there is none of that name, or several and no name was given.
 */
export function findTyped(file: TensorFile, wanted: string | null, purpose: string, option: string): TensorInfo {
  const names = file.tensors.map(({ name }) => name);
  const found = wanted === null ? file.tensors : file.tensors.filter(({ name }) => name === wanted);
  const [only, ...more] = found;
  if (only !== undefined && more.length === 0) return only;
  const problem =
    wanted === null
      ? `it holds several tensors, so say which one has ${purpose}: ${option} FILE:tensor.`
      : `there is no tensor ${quoted(wanted)} to take ${purpose} from.`;
  throw fileError("NO_SUCH_TENSOR", { file: file.path }, `${problem} ${nearNamesHint(names, wanted ?? "")}`);
}
