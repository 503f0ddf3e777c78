import type { DType, Elements } from "../dtype.ts";
import { bytesPerElement } from "../dtype.ts";
import { type FileLocation, SystemError } from "../errors.ts";
import { quoted, shownPath } from "./quoted.ts";

/** Sees a buffer as elements of a dtype. */
export function elementsOf(buffer: ArrayBuffer, dtype: DType): Elements {
  if (dtype === "f64") return new Float64Array(buffer);
  if (dtype === "f32") return new Float32Array(buffer);
  return new Uint16Array(buffer);
}

/** Room for `count` elements. That the file can fill it must have been checked before. */
export function allocateElements(dtype: DType, count: number, at: FileLocation): Elements {
  const bytes = count * bytesPerElement[dtype];
  try {
    return elementsOf(new ArrayBuffer(bytes), dtype);
  } catch (cause) {
    const tensor = at.tensor === undefined ? "" : `, tensor ${quoted(at.tensor)}`;
    const message = `${shownPath(at.file)}${tensor}: ${bytes} bytes of memory could not be allocated.`;
    throw new SystemError("OUT_OF_MEMORY", message, { ...at, bytes }, { cause });
  }
}
