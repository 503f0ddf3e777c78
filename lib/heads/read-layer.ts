import { expected } from "../check.ts";
import { ArgumentError } from "../errors.ts";
import { widen } from "../half.ts";
import { quoted, shownPath } from "../io/quoted.ts";
import type { TensorFile } from "../io/tensor-file.ts";
import { checkFinite, findFactsAsync } from "../matrix/facts.ts";
import { type activationWords, type CheckedLayer, defaultEpsilon, defaultSlope } from "./checked-layer.ts";
import type { OrderToken } from "./parse-order.ts";

type Activations = (typeof activationWords)[number];

interface Numbers {
  readonly data: Float64Array;
  readonly shape: readonly number[];
}

interface Reading {
  readonly file: TensorFile;
  readonly signal: AbortSignal | undefined;
}

/** Of rank 1 or 2, in f64; finite. */
async function readNumbers({ file, signal }: Reading, name: string): Promise<Numbers> {
  const info = file.tensors.find((tensor) => tensor.name === name);
  const [rows = 0, cols = 1] = info?.shape ?? [];
  if (info !== undefined && (info.shape.length < 1 || info.shape.length > 2 || rows === 0 || cols === 0)) {
    throw new ArgumentError(
      "SHAPE_MISMATCH",
      `Expected [outputs, inputs] or [features] for the shape of tensor ${quoted(name)} of ${shownPath(file.path)} but received [${info.shape.join(", ")}].`,
      { file: file.path, tensor: name, shape: [...info.shape] },
    );
  }
  const { data, dtype, shape } = await file.read(name, signal === undefined ? {} : { signal });
  const matrix = { data: widen(data, dtype), dtype: "f64", rows, cols } as const;
  checkFinite(await findFactsAsync(matrix, signal), matrix, `tensor ${quoted(name)} of ${shownPath(file.path)}`);
  return { data: matrix.data, shape };
}

async function readBias(reading: Reading, prefix: string, width: number): Promise<Float64Array | null> {
  const name = `${prefix}.bias`;
  if (!reading.file.tensors.some((tensor) => tensor.name === name)) return null;
  const { data, shape } = await readNumbers(reading, name);
  if (shape.length === 1 && data.length === width) return data;
  throw new ArgumentError(
    "SHAPE_MISMATCH",
    `Expected [${width}] for the shape of tensor ${quoted(name)} of ${shownPath(reading.file.path)}, as ${prefix}.weight gives so many numbers, but received [${shape.join(", ")}].`,
    { file: reading.file.path, tensor: name, expected: width, shape: [...shape] },
  );
}

/** The layer of a token, read from its tensors where it has some. `lipschitz` is for a layer norm. */
export async function readLayer(reading: Reading, token: OrderToken, lipschitz: number | null): Promise<CheckedLayer> {
  const { word, isTensor, parameter } = token;
  if (!isTensor) {
    const same = { name: word, inputs: NaN, outputs: NaN, lipschitz: null };
    if (word !== "leaky_relu") return { ...same, native: { kind: word as Activations } };
    const slope = parameter ?? defaultSlope;
    return { ...same, name: `leaky_relu(${slope})`, native: { kind: "leaky_relu", slope } };
  }
  const { data: weights, shape } = await readNumbers(reading, `${word}.weight`);
  const [outputs = 0, inputs] = shape;
  const bias = await readBias(reading, word, outputs);
  if (inputs !== undefined) {
    if (parameter !== null) throw badParameter(reading.file.path, token, "none behind a linear layer");
    return { name: word, inputs, outputs, native: { kind: "linear", outputs, weights, bias }, lipschitz: null };
  }
  const epsilon = parameter ?? defaultEpsilon;
  if (!(epsilon > 0)) throw badParameter(reading.file.path, token, "ε above 0 behind a layer norm");
  return { name: word, inputs: outputs, outputs, native: { kind: "layer_norm", weights, bias, epsilon }, lipschitz };
}

function badParameter(file: string, { text }: OrderToken, why: string): ArgumentError {
  return expected(why, `the number in brackets of the order of ${shownPath(file)}`, text);
}
