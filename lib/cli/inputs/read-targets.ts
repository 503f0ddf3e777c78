import { existsSync } from "node:fs";

import { widen } from "../../half.ts";
import { fileError } from "../../io/file-error.ts";
import { nearNamesHint } from "../../io/find-tensor.ts";
import { openTensorFile } from "../../io/open.ts";
import { quoted } from "../../io/quoted.ts";
import { holdsLabels, readLabels } from "../../io/read-labels.ts";
import type { TensorFile, TensorInfo } from "../../io/tensor-file.ts";
import { Representation } from "../../representation.ts";
import type { Targets } from "../../task/targets.ts";

/** `FILE:tensor`, split at the last colon that is none of a path; a file that is really named so is taken whole. */
function splitTensor(text: string): { readonly path: string; readonly tensor: string | null } {
  const at = text.lastIndexOf(":");
  if (at < 1 || at === text.length - 1 || existsSync(text)) return { path: text, tensor: null };
  return { path: text.slice(0, at), tensor: text.slice(at + 1) };
}

function find(file: TensorFile, wanted: string | null): TensorInfo {
  const names = file.tensors.map(({ name }) => name);
  const found = wanted === null ? file.tensors : file.tensors.filter(({ name }) => name === wanted);
  const [only, ...more] = found;
  if (only !== undefined && more.length === 0) return only;
  const problem =
    wanted === null
      ? "it holds several tensors, so say which one has the targets: --targets FILE:tensor."
      : `there is no tensor ${quoted(wanted)} to take the targets from.`;
  throw fileError("NO_SUCH_TENSOR", { file: file.path }, `${problem} ${nearNamesHint(names, wanted ?? "")}`);
}

/** The targets behind `--targets`: a matrix of numbers, a list of numbers, or whole numbers that are class labels. */
export async function readTargets(typed: string, signal: AbortSignal): Promise<Targets> {
  const { path, tensor } = splitTensor(typed);
  const file = await openTensorFile(path, { signal });
  try {
    const info = find(file, tensor);
    if (holdsLabels(info)) return await readLabels(file, info, { signal });
    if (info.shape.length !== 1 || info.dtype === null) return await Representation.load(path, info.name, { signal });
    const { data, dtype, shape } = await file.read(info.name, { signal });
    return { data: widen(data, dtype), shape: [shape[0]!, 1], name: info.name };
  } finally {
    await file.close();
  }
}
