import { FileError } from "../errors.ts";
import { writeSafetensors } from "../io/write-safetensors.ts";
import type { Stitcher } from "../stitching/stitcher.ts";
import { OutputError } from "./output-error.ts";
import { UsageError } from "./usage-error.ts";

/** The error of a stitcher that no two arrays can hold. */
export function cannotSave(name: string): UsageError {
  return new UsageError(
    `Expected a stitcher that is a matrix and an offset for --save but received ${name}.`,
    "A kernel's stitcher needs the rows that it was fitted on.",
  );
}

/** Writes `weight` (outputs × inputs) and `bias` of a stitcher, f64, as a linear layer of PyTorch has them. */
export async function saveStitcher(path: string, stitcher: Stitcher, signal: AbortSignal): Promise<void> {
  const map = stitcher.map();
  if (map === null) throw cannotSave(stitcher.name);
  const { inputs, outputs, name } = stitcher;
  const weight = { data: map.weights, shape: [outputs, inputs] };
  const bias = map.bias === null ? {} : { bias: { data: map.bias, shape: [outputs] } };
  try {
    await writeSafetensors(path, { weight, ...bias }, { metadata: { stitcher: name }, signal });
  } catch (cause) {
    throw cause instanceof FileError ? OutputError.because(path, cause) : cause;
  }
}
