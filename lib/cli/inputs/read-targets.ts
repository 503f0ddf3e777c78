import { widen } from "../../half.ts";
import { openTensorFile } from "../../io/open.ts";
import { holdsLabels, readLabels } from "../../io/read-labels.ts";
import { Representation } from "../../representation.ts";
import type { Targets } from "../../task/targets.ts";
import { findTyped, splitTensor } from "./typed-tensor.ts";

/** The targets behind `--targets`: a matrix of numbers, a list of numbers, or whole numbers that are class labels. */
export async function readTargets(typed: string, signal: AbortSignal): Promise<Targets> {
  const { path, tensor } = splitTensor(typed);
  const file = await openTensorFile(path, { signal });
  try {
    const info = findTyped(file, tensor, "the targets", "--targets");
    if (holdsLabels(info)) return await readLabels(file, info, { signal });
    if (info.shape.length !== 1 || info.dtype === null) return await Representation.load(path, info.name, { signal });
    const { data, dtype, shape } = await file.read(info.name, { signal });
    return { data: widen(data, dtype), shape: [shape[0]!, 1], name: info.name };
  } finally {
    await file.close();
  }
}
