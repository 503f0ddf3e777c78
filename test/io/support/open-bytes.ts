import { openSource } from "../../../lib/io/open.ts";
import type { TensorFile } from "../../../lib/io/tensor-file.ts";
import { MemorySource } from "./memory-source.ts";

/** Opens a file that exists in memory only. */
export async function openBytes(bytes: Uint8Array, path = "layers.bin"): Promise<TensorFile> {
  return await openSource(new MemorySource(bytes, path));
}
