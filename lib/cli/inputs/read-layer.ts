import { openTensorFile } from "../../io/open.ts";
import { Representation } from "../../representation.ts";
import { findTyped, splitTensor } from "./typed-tensor.ts";

/** The layer behind an option that takes `FILE:tensor`. */
export async function readLayer(typed: string, option: string, signal: AbortSignal): Promise<Representation> {
  const { path, tensor } = splitTensor(typed);
  const file = await openTensorFile(path, { signal });
  try {
    const { name } = findTyped(file, tensor, "the layer", option);
    return await Representation.load(path, name, { signal });
  } finally {
    await file.close();
  }
}
