import { endianness } from "node:os";

import type { DType } from "../dtype.ts";
import type { PythonValue } from "./python-literal.ts";

/** What a .npy header's `descr` says of the elements. */
export interface NpyDType {
  /** Null for types that gramian does not compute with. */
  readonly dtype: DType | null;
  /** As it stands in the header, e.g. `<f4`. */
  readonly text: string;
  readonly littleEndian: boolean;
  /** Bytes an element takes in the file; null where the header does not tell (Python objects, records). */
  readonly itemBytes: number | null;
  /** What to do about a type that is not read. */
  readonly advice: string;
}

const floats: Readonly<Record<string, DType>> = { f2: "f16", f4: "f32", f8: "f64" };

const toFloat = "Convert it in NumPy before saving: a.astype(np.float32).";

const adviceByKind: Readonly<Record<string, string>> = {
  c: "Split it in NumPy before saving: np.concatenate([a.real, a.imag], axis=-1).",
  O: "It holds pickled Python objects, and loading those can run code. Save one numeric array: np.stack(a).astype(np.float32).",
  V: "Raw bytes; bfloat16 arrays of ml_dtypes and JAX are saved so. Convert before saving: a.astype(np.float32).",
  S: "Text cannot be compared.",
  U: "Text cannot be compared.",
};

/** Bytes an element takes: NumPy counts Unicode text in characters of four bytes. */
function itemBytes(kind: string, size: string): number | null {
  if (kind === "O" || size === "") return null;
  const bytes = Number(size) * (kind === "U" ? 4 : 1);
  return Number.isSafeInteger(bytes) ? bytes : null;
}

/** Reads a `descr`; null when it is none. A list describes records. */
export function npyDType(descr: PythonValue, source: string): NpyDType | null {
  if (Array.isArray(descr)) {
    const text = source.length <= 80 ? source : `${source.slice(0, 79)}…`;
    const advice = "It holds records. Save one field: np.save(path, a['field']).";
    return { dtype: null, text, littleEndian: true, itemBytes: null, advice };
  }
  if (typeof descr !== "string") return null;
  const parts = /^([<>=|])([a-zA-Z?])([0-9]{0,15})(\[[0-9A-Za-z]{1,8}\])?$/.exec(descr);
  if (parts === null) return null;
  const [, order = "", kind = "", size = "", unit = ""] = parts;
  const littleEndian = order === "=" ? endianness() === "LE" : order !== ">";
  const dtype = order === "|" || unit !== "" ? null : (floats[kind + size] ?? null);
  return {
    dtype,
    text: descr,
    littleEndian,
    itemBytes: itemBytes(kind, size),
    advice: adviceByKind[kind] ?? toFloat,
  };
}
