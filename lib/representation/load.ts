import { basename, extname } from "node:path";

import { checkArray, checkBoolean, checkFunction, checkOptions, checkSignal, checkString, expected } from "../check.ts";
import type { FileError } from "../errors.ts";
import { fileError } from "../io/file-error.ts";
import { nearNamesHint } from "../io/find-tensor.ts";
import { openTensorFile } from "../io/open.ts";
import { matchNames } from "../io/pattern.ts";
import { quoted, shownPath } from "../io/quoted.ts";
import type { TensorData, TensorFile, TensorInfo } from "../io/tensor-file.ts";
import type { NativeMatrix } from "../native.ts";
import { checkRows, gatherRows, type RowIndices } from "../matrix/rows.ts";
import { matrixShape } from "../matrix/shape.ts";
import { checkLayerAxis, layerNames, layerOf, type LayerAxis, stackShape } from "../matrix/stack.ts";
import { rowMajor } from "../matrix/strided.ts";

/** Options of {@link Representation.load}. */
export interface LoadOptions {
  /** By default the name of the tensor. */
  readonly name?: string;
  /** Where the layer comes from; by default the file's name without folder and ending. */
  readonly source?: string;
  /** Make one long row of each sample of a tensor of rank above 2. */
  readonly flatten?: boolean;
  /** Keep only these samples, in this order. */
  readonly rows?: RowIndices;
  readonly signal?: AbortSignal;
}

/** Options of {@link Representation.loadAll}. */
export interface LoadAllOptions extends Omit<LoadOptions, "name"> {
  /** The tensors are stacks of rank 3, and this axis numbers the layers. */
  readonly layerAxis?: LayerAxis;
  /** Told after each tensor, with how many of all that match are read. */
  readonly onTensor?: (done: number, total: number) => void;
}

/** A matrix of a file, before it is looked at. */
export interface LoadedMatrix {
  readonly name: string;
  readonly source: string;
  readonly matrix: NativeMatrix;
}

interface Reading {
  readonly source: string;
  readonly flatten: boolean;
  readonly rows: RowIndices | undefined;
  readonly signal: AbortSignal | undefined;
  readonly layerAxis: LayerAxis | undefined;
}

type AnyOptions = LoadOptions & LoadAllOptions;
const shared = ["source", "flatten", "rows", "signal"] as const;

function readingOf(file: string, options: AnyOptions): Reading {
  const { source, flatten, rows, signal, layerAxis } = options;
  if (flatten === true && layerAxis !== undefined) {
    throw expected("no `flatten` beside `layerAxis`, which already says what the axes are,", "options", options);
  }
  return {
    source: source === undefined ? basename(file, extname(file)) : checkString(source, "options.source"),
    flatten: flatten === undefined ? false : checkBoolean(flatten, "options.flatten"),
    rows,
    signal: signal === undefined ? undefined : checkSignal(signal, "options.signal"),
    layerAxis: layerAxis === undefined ? undefined : checkLayerAxis(layerAxis, "options.layerAxis"),
  };
}

function labelOf(file: TensorFile, info: TensorInfo): string {
  return `the shape of tensor ${quoted(info.name)} of ${shownPath(file.path)}`;
}

/** Will this tensor do? Found out from the header, before gigabytes are read. */
async function checkTensor(file: TensorFile, info: TensorInfo, reading: Reading): Promise<void> {
  const label = labelOf(file, info);
  // Reading elements that cannot be computed with is refused at once, and by the one who knows what to do about it.
  if (info.dtype === null) await readTensor(file, info, reading.signal);
  if (info.shape.includes(0)) {
    throw expected("at least one sample and one feature", label, info.shape, { code: "SHAPE_MISMATCH" });
  }
  const samples =
    reading.layerAxis === undefined
      ? matrixShape(info.shape, reading.flatten, label)[0]
      : stackShape(info.shape, reading.layerAxis, label).samples;
  if (reading.rows !== undefined) checkRows(reading.rows, samples, "options.rows");
}

function matricesOf(tensor: TensorData, name: string, label: string, reading: Reading): LoadedMatrix[] {
  const { data, dtype, shape } = tensor;
  const { source, rows, layerAxis } = reading;
  const chosen = (matrix: NativeMatrix): NativeMatrix => (rows === undefined ? matrix : gatherRows(matrix, rows));
  if (layerAxis === undefined) {
    const [samples, features] = matrixShape(shape, reading.flatten, label);
    return [{ name, source, matrix: chosen({ data, dtype, rows: samples, cols: features }) }];
  }
  const view = { data, dtype, shape, strides: rowMajor(shape), offset: 0 };
  const { layers } = stackShape(shape, layerAxis, label);
  return layerNames(name, layers).map((layer, index) => ({
    name: layer,
    source,
    matrix: chosen(layerOf(view, layerAxis, index)),
  }));
}

function noSuchTensor(file: TensorFile, wanted: string, problem: string): FileError {
  const names = file.tensors.map(({ name }) => name);
  return fileError("NO_SUCH_TENSOR", { file: file.path }, `${problem} ${nearNamesHint(names, wanted)}`);
}

function findTensor(file: TensorFile, wanted: string | undefined): TensorInfo {
  const [only, ...more] = file.tensors;
  if (wanted === undefined) {
    if (only !== undefined && more.length === 0) return only;
    throw noSuchTensor(file, "", "expected the name of a tensor for tensor but received undefined of type undefined.");
  }
  const found = file.tensors.find(({ name }) => name === wanted);
  if (found === undefined) throw noSuchTensor(file, wanted, `there is no tensor ${quoted(wanted)}.`);
  return found;
}

/**
 * The tensors that match; without a pattern, all that may be layers: what is not of a type to compute with, or has no features
 * (labels, row numbers), is then left out.
 */
function findTensors(file: TensorFile, pattern: string | readonly string[] | undefined): readonly TensorInfo[] {
  const { tensors, path } = file;
  if (pattern === undefined) {
    const layers = tensors.filter(({ dtype, shape }) => dtype !== null && shape.length >= 2);
    if (layers.length === 0) {
      throw noSuchTensor(file, "", "there is no tensor of floating-point numbers with rank 2 or more.");
    }
    return layers;
  }
  const patterns = typeof pattern === "string" ? [pattern] : checkArray(pattern, "pattern");
  if (patterns.length === 0) throw expected("at least one pattern", "pattern", pattern);
  const names = tensors.map(({ name }) => name);
  const matched = new Set(patterns.flatMap((one) => matchNames(names, checkString(one, "pattern"), path)));
  return tensors.filter(({ name }) => matched.has(name));
}

async function withFile<T>(
  path: string,
  signal: AbortSignal | undefined,
  use: (file: TensorFile) => Promise<T>,
): Promise<T> {
  const file = await openTensorFile(path, signal === undefined ? {} : { signal });
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

async function readTensor(file: TensorFile, info: TensorInfo, signal: AbortSignal | undefined): Promise<TensorData> {
  signal?.throwIfAborted();
  return await file.read(info.name, signal === undefined ? {} : { signal });
}

/** Read one tensor as a matrix and hand it on. */
export async function loadMatrix<T>(
  path: string,
  tensor: string | undefined,
  options: LoadOptions,
  use: (loaded: LoadedMatrix) => Promise<T>,
): Promise<T> {
  checkString(path, "file");
  if (tensor !== undefined) checkString(tensor, "tensor");
  checkOptions(options, "options", ["name", ...shared]);
  const reading = readingOf(path, options);
  const name = options.name === undefined ? undefined : checkString(options.name, "options.name");
  return await withFile(path, reading.signal, async (file) => {
    const info = findTensor(file, tensor);
    await checkTensor(file, info, reading);
    const data = await readTensor(file, info, reading.signal);
    const [loaded] = matricesOf(data, name ?? info.name, labelOf(file, info), reading);
    return await use(loaded as LoadedMatrix);
  });
}

/** Read the tensors that match one at a time, in the file's order, and hand each on. All headers are checked before any data are read. */
export async function loadMatrices<T>(
  path: string,
  pattern: string | readonly string[] | undefined,
  options: LoadAllOptions,
  use: (loaded: LoadedMatrix) => Promise<T>,
): Promise<T[]> {
  checkString(path, "file");
  checkOptions(options, "options", ["layerAxis", "onTensor", ...shared]);
  const reading = readingOf(path, options);
  const onTensor = options.onTensor && checkFunction(options.onTensor, "options.onTensor");
  return await withFile(path, reading.signal, async (file) => {
    const wanted = findTensors(file, pattern);
    for (const info of wanted) await checkTensor(file, info, reading);
    const used: T[] = [];
    for (const [index, info] of wanted.entries()) {
      const data = await readTensor(file, info, reading.signal);
      for (const loaded of matricesOf(data, info.name, labelOf(file, info), reading)) used.push(await use(loaded));
      onTensor?.(index + 1, wanted.length);
    }
    return used;
  });
}
