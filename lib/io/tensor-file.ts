import type { DType, Elements } from "../dtype.ts";

/** One tensor in a file, as its header declares it. */
export interface TensorInfo {
  readonly name: string;
  /** Null when gramian cannot compute with this element type; `fileDtype` then says what it is. */
  readonly dtype: DType | null;
  readonly fileDtype: string;
  readonly shape: readonly number[];
  /** Offset of the first element from the start of the file (of a compressed archive entry: of the entry's data). */
  readonly byteOffset: number;
  readonly byteLength: number;
}

/** A tensor that was read. */
export interface TensorData {
  /** Row-major, in a buffer of its own. */
  readonly data: Elements;
  readonly dtype: DType;
  readonly shape: readonly number[];
}

/** How to read a tensor. */
export interface ReadOptions {
  /** Aborts the reading; the promise rejects with the reason. */
  readonly signal?: AbortSignal;
}

/** An open file of named tensors. Only the tensors asked for are read. */
export interface TensorFile {
  readonly path: string;
  readonly format: "safetensors" | "npy" | "npz";
  readonly tensors: readonly TensorInfo[];
  /** Free text pairs of the header, as .safetensors files have them; empty for other formats. */
  readonly metadata: ReadonlyMap<string, string>;
  read(name: string, options?: ReadOptions): Promise<TensorData>;
  close(): Promise<void>;
}
