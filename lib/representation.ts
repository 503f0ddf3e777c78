import { inspect } from "node:util";

import { checkBoolean, checkOptions, checkString, expected } from "./check.ts";
import type { DType } from "./dtype.ts";
import { checkLength, type ElementsLike, readElements } from "./matrix/typed-array.ts";
import { checkFinite, findFacts, findFactsAsync } from "./matrix/facts.ts";
import { widen } from "./half.ts";
import {
  type LoadAllOptions,
  type LoadedMatrix,
  loadMatrices,
  loadMatrix,
  type LoadOptions,
} from "./representation/load.ts";
import type { NativeFacts, NativeMatrix } from "./native.ts";
import { checkTakeable, copied, taken } from "./matrix/ownership.ts";
import { checkRows, gatherRows, type RowIndices } from "./matrix/rows.ts";
import { checkShape, matrixShape } from "./matrix/shape.ts";
import { checkLayerAxis, checkLayerNames, type LayerAxis, layerNames, layerOf, stackShape } from "./matrix/stack.ts";
import { gather, rowMajor, type StridedView } from "./matrix/strided.ts";
import { type TensorLike, viewTensor } from "./matrix/tensor-like.ts";

/** Options of {@link Representation.fromArray}. */
export interface FromArrayOptions {
  /** What tables and reports call it; "unnamed" by default. */
  readonly name?: string;
  /** The model or file that it comes from; reports group by it. */
  readonly source?: string;
  /** What the elements are. Needed for a Uint16Array: "f16" or "bf16". */
  readonly dtype?: DType;
  /**
   * Take the array's buffer instead of copying it: no memory is spent, and the caller's array is empty (detached) afterwards.
   * The array must cover the whole of an ordinary ArrayBuffer.
   */
  readonly take?: boolean;
}

/** Options of {@link Representation.fromTensor}. */
export interface FromTensorOptions {
  readonly name?: string;
  readonly source?: string;
  /** Stands above what the tensor says of itself; needed where that is nothing and the elements are a Uint16Array. */
  readonly dtype?: DType;
  /** Make one long row of each sample (first axis) of a tensor of rank above 2. */
  readonly flatten?: boolean;
}

/** Options of {@link Representation.stack}. */
export interface StackOptions {
  /** Which axis numbers the layers, 1 by default; of the other two, the first numbers the samples. */
  readonly layerAxis?: LayerAxis;
  /** One a layer; `layer.0`, `layer.1`, … by default. */
  readonly names?: readonly string[];
  readonly source?: string;
  readonly dtype?: DType;
}

interface Identity {
  readonly name: string;
  readonly source: string | null;
}

function identityOf(options: { readonly name?: unknown; readonly source?: unknown }): Identity {
  return {
    name: options.name === undefined ? "unnamed" : checkString(options.name, "options.name"),
    source: options.source === undefined ? null : checkString(options.source, "options.source"),
  };
}

const key = Symbol("gramian.Representation");

let privateMatrix: (representation: Representation) => NativeMatrix;
let privateFacts: (representation: Representation) => NativeFacts;

/**
 * The activations of one layer: an n×d matrix, one row a sample, with a name. It never changes, and its memory is its own.
 *
 * Made by {@link Representation.fromArray}, {@link Representation.fromTensor}, {@link Representation.stack},
 * {@link Representation.load} or {@link Representation.loadAll}. Each looks at every entry once: NaN and infinities are refused with
 * their row and column, constant columns and rows of zeros are allowed and remembered in `facts`.
 *
 * @example
 * ```ts
 * import { Representation } from "gramian";
 * const layer = Representation.fromArray(Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2], { name: "relu1" });
 * console.log(layer.name, layer.samples, layer.features, layer.dtype); // relu1 3 2 f32
 * console.log(layer.rows([2, 0]).toFloat64Array()); // Float64Array(4) [ 5, 6, 1, 2 ]
 * ```
 */
export class Representation {
  readonly #identity: Identity;
  readonly #matrix: NativeMatrix;
  readonly #facts: NativeFacts;

  static {
    privateMatrix = (representation) => representation.#matrix;
    privateFacts = (representation) => representation.#facts;
  }

  private constructor(secret: symbol, identity: Identity, matrix: NativeMatrix, facts: NativeFacts) {
    if (secret !== key) {
      throw expected("Representation.fromArray, fromTensor, stack, load or loadAll", "new Representation", secret);
    }
    this.#identity = identity;
    this.#matrix = matrix;
    this.#facts = facts;
    Object.freeze(this);
  }

  /** The matrix must be finite, and no one else may hold it. */
  static #of(identity: Identity, matrix: NativeMatrix): Representation {
    const facts = findFacts(matrix);
    checkFinite(facts, matrix, `representation ${JSON.stringify(identity.name)}`);
    return new Representation(key, identity, matrix, facts);
  }

  static async #ofLoaded(loaded: LoadedMatrix, signal: AbortSignal | undefined): Promise<Representation> {
    const { name, source, matrix } = loaded;
    const facts = await findFactsAsync(matrix, signal);
    checkFinite(facts, matrix, `representation ${JSON.stringify(name)} of ${source}`);
    return new Representation(key, { name, source }, matrix, facts);
  }

  /**
   * A representation of n×d elements in row-major order: `data[i * d + j]` is feature j of sample i.
   *
   * The elements are copied, whatever they lie in (shared memory, a resizable buffer, a part of a Buffer), unless `take` hands the
   * buffer over. When the call fails, nothing was taken.
   *
   * @param data - Float64Array, Float32Array, or Uint16Array with `dtype: "f16"` or `"bf16"`.
   * @param shape - `[n, d]`, both at least 1.
   * @throws ArgumentError INVALID_ARGUMENT, UNSUPPORTED_DTYPE (another typed array) or SHAPE_MISMATCH (not n·d elements).
   * @throws DataError NON_FINITE: how many, and where the first one is.
   *
   * @example
   * ```ts
   * import { Representation } from "gramian";
   * const data = new Float32Array(1000 * 64).map(() => Math.random());
   * const layer = Representation.fromArray(data, [1000, 64], { name: "relu1", take: true });
   * console.log(data.length, String(layer)); // 0 relu1 (1000×64 f32)
   * ```
   */
  static fromArray(data: ElementsLike, shape: readonly [number, number], options?: FromArrayOptions): Representation {
    const given = checkOptions(options, "options", ["name", "source", "dtype", "take"]);
    const identity = identityOf(given);
    const take = given.take === undefined ? false : checkBoolean(given.take, "options.take");
    const [rows = 0, cols = 0] = checkShape(shape, "shape", ["n", "d"]);
    const elements = readElements(data, given.dtype, "data", "options.dtype");
    checkLength(elements.data, [rows, cols], "data");
    const { dtype } = elements;
    if (!take) return Representation.#of(identity, { data: copied(elements), dtype, rows, cols });
    checkTakeable(elements.data, "data");
    // Looked at before it is taken, so that a failing call leaves the array with its owner.
    const theirs = { data: elements.data, dtype, rows, cols };
    const facts = findFacts(theirs);
    checkFinite(facts, theirs, `representation ${JSON.stringify(identity.name)}`);
    return new Representation(key, identity, { ...theirs, data: taken(elements, "data") }, facts);
  }

  /**
   * A representation of a tensor from another library: onnxruntime, transformers.js, tfjs, ndarray, or plain `{ data, dims }` or
   * `{ data, shape }`. Strides and offsets of ndarray views are honoured. The elements are copied.
   *
   * The first axis numbers the samples. Rank 2 is taken as it is; a higher rank only with `flatten: true`.
   *
   * @throws ArgumentError INVALID_ARGUMENT (not a tensor, or not in the CPU's memory), UNSUPPORTED_DTYPE, SHAPE_MISMATCH (rank,
   * or a shape that does not fit the data).
   * @throws DataError NON_FINITE.
   *
   * @example
   * ```ts
   * import { Representation } from "gramian";
   * const output = { data: new Float32Array(24), dims: [2, 3, 4], type: "float32" };
   * const layer = Representation.fromTensor(output, { name: "last_hidden_state", flatten: true });
   * console.log(layer.samples, layer.features); // 2 12
   * ```
   */
  static fromTensor(tensor: TensorLike, options?: FromTensorOptions): Representation {
    const given = checkOptions(options, "options", ["name", "source", "dtype", "flatten"]);
    const identity = identityOf(given);
    const flatten = given.flatten === undefined ? false : checkBoolean(given.flatten, "options.flatten");
    const view = viewTensor(tensor, given.dtype, "tensor");
    const [rows, cols] = matrixShape(view.shape, flatten, "the shape of tensor");
    return Representation.#of(identity, { data: gather(view), dtype: view.dtype, rows, cols });
  }

  /**
   * The layers of a stack: a tensor of rank 3, or elements with a shape of three. `[N, L, D]` (layers on axis 1) is how hidden
   * states are mostly stacked; with `layerAxis` 0 it is `[L, N, D]`, with 2 `[N, D, L]`. The elements are copied.
   *
   * @returns L representations of N×D.
   * @throws ArgumentError INVALID_ARGUMENT, UNSUPPORTED_DTYPE or SHAPE_MISMATCH.
   * @throws DataError NON_FINITE.
   *
   * @example
   * ```ts
   * import { Representation } from "gramian";
   * const layers = Representation.stack(new Float32Array(5 * 2 * 3), [5, 2, 3], { source: "gpt2" });
   * console.log(layers.map(String)); // [ 'layer.0 (5×3 f32, gpt2)', 'layer.1 (5×3 f32, gpt2)' ]
   * ```
   */
  static stack(tensor: TensorLike, options?: StackOptions): Representation[];
  static stack(data: ElementsLike, shape: readonly [number, number, number], options?: StackOptions): Representation[];
  static stack(
    stack: TensorLike | ElementsLike,
    shapeOrOptions?: readonly [number, number, number] | StackOptions,
    arrayOptions?: StackOptions,
  ): Representation[] {
    const isArray = ArrayBuffer.isView(stack);
    const given = checkOptions(isArray ? arrayOptions : shapeOrOptions, "options", [
      "layerAxis",
      "names",
      "source",
      "dtype",
    ]);
    const layerAxis = given.layerAxis === undefined ? 1 : checkLayerAxis(given.layerAxis, "options.layerAxis");
    const { source } = identityOf({ source: given.source });
    let view: StridedView;
    if (isArray) {
      const shape = checkShape(shapeOrOptions, "shape", ["first", "second", "third"]);
      const elements = readElements(stack, given.dtype, "data", "options.dtype");
      checkLength(elements.data, shape, "data");
      view = { ...elements, shape, strides: rowMajor(shape), offset: 0 };
    } else view = viewTensor(stack, given.dtype, "tensor");
    const { layers } = stackShape(view.shape, layerAxis, "the shape of tensor");
    const names =
      given.names === undefined ? layerNames("layer", layers) : checkLayerNames(given.names, layers, "options.names");
    return names.map((name, layer) => Representation.#of({ name, source }, layerOf(view, layerAxis, layer)));
  }

  /**
   * One tensor of a .safetensors, .npy or .npz file. `tensor` may be left out when the file holds only one.
   *
   * @throws FileError FILE_ACCESS, UNSUPPORTED_FORMAT, CORRUPT_FILE or NO_SUCH_TENSOR.
   * @throws ArgumentError SHAPE_MISMATCH (a rank other than 2 without `flatten`), UNSUPPORTED_DTYPE or INVALID_ARGUMENT.
   * @throws DataError NON_FINITE. An aborted call rejects with the signal's reason.
   *
   * @example
   * ```ts
   * import { Representation } from "gramian";
   * const layer = await Representation.load("examples/mnist/mlp-a.safetensors", "relu1", { name: "first" });
   * console.log(layer.name, layer.source); // first mlp-a
   * ```
   */
  static async load(file: string, tensor?: string, options: LoadOptions = {}): Promise<Representation> {
    return await loadMatrix(file, tensor, options, (loaded) => Representation.#ofLoaded(loaded, options.signal));
  }

  /**
   * The tensors of a file whose names match a glob or one of several, in the file's order. Without a pattern, all that may be layers:
   * tensors of whole numbers and of rank below 2 (labels, row numbers) are then left out. With `layerAxis` each tensor is
   * a stack of rank 3, and its layers are called `tensor.0`, `tensor.1`, …
   *
   * @throws As {@link Representation.load}; NO_SUCH_TENSOR when nothing matches.
   *
   * @example
   * ```ts
   * import { Representation } from "gramian";
   * const layers = await Representation.loadAll("examples/mnist/mlp-a.safetensors", "relu*");
   * console.log(layers.map((layer) => layer.name));
   * ```
   */
  static async loadAll(
    file: string,
    pattern?: string | readonly string[],
    options: LoadAllOptions = {},
  ): Promise<Representation[]> {
    return await loadMatrices(file, pattern, options, (loaded) => Representation.#ofLoaded(loaded, options.signal));
  }

  /** What tables and reports call it. */
  get name(): string {
    return this.#identity.name;
  }

  /** The model or file that it comes from, when known. */
  get source(): string | null {
    return this.#identity.source;
  }

  /** n, the number of rows. */
  get samples(): number {
    return this.#matrix.rows;
  }

  /** d, the number of columns. */
  get features(): number {
    return this.#matrix.cols;
  }

  /** How the elements are stored. Half types are widened as they are used. */
  get dtype(): DType {
    return this.#matrix.dtype;
  }

  /** What the one pass over the entries found: means, norms, constant columns, rows of zeros. A copy, at each call. */
  get facts(): NativeFacts {
    return structuredClone(this.#facts);
  }

  /**
   * The representation of some of the samples, in the order given; a row may come more than once (a bootstrap sample). Copied.
   *
   * @throws ArgumentError INVALID_ARGUMENT for no row at all, or one outside 0 … n−1.
   */
  rows(indices: RowIndices): Representation {
    checkRows(indices, this.samples, "indices");
    return Representation.#of(this.#identity, gatherRows(this.#matrix, indices));
  }

  /** All n·d entries in row-major order, widened (exactly) to f64: a copy. */
  toFloat64Array(): Float64Array {
    return widen(this.#matrix.data, this.#matrix.dtype);
  }

  /** `relu1 (1000×64 f32, mlp-a)` */
  toString(): string {
    const source = this.source === null ? "" : `, ${this.source}`;
    return `${this.name} (${this.samples}×${this.features} ${this.dtype}${source})`;
  }

  [inspect.custom](): string {
    return `Representation ${this.toString()}`;
  }
}

/** The matrix itself, for operators: not copied, and never to leave the package. */
export function matrixOf(representation: Representation): NativeMatrix {
  return privateMatrix(representation);
}

/** The facts themselves, for operators: not copied, and never to leave the package. */
export function factsOf(representation: Representation): NativeFacts {
  return privateFacts(representation);
}
