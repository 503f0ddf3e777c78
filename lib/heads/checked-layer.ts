import { checkArray, checkNumber, checkOneOf, checkOptions, checkString, expected } from "../check.ts";
import { widen } from "../half.ts";
import { checkFinite, findFacts } from "../matrix/facts.ts";
import { checkShape } from "../matrix/shape.ts";
import { checkLength, readElements } from "../matrix/typed-array.ts";
import type { NativeLayer } from "../native-network.ts";

/** A layer whose numbers are its own and finite. */
export interface CheckedLayer {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly native: NativeLayer;
  /** Of a layer norm: the constant on the caller's word. */
  readonly lipschitz: number | null;
}

export const activationWords = ["relu", "tanh", "sigmoid", "gelu", "gelu_tanh", "silu", "softmax"] as const;
export const layerKinds = ["linear", ...activationWords, "leaky_relu", "layer_norm"] as const;

export const defaultSlope = 0.01;
/** PyTorch's. */
export const defaultEpsilon = 1e-5;

const keys = {
  linear: ["kind", "weights", "shape", "bias", "name"],
  layer_norm: ["kind", "weights", "bias", "epsilon", "lipschitz", "name"],
  leaky_relu: ["kind", "slope"],
} as const;

/** A copy, widened. */
function numbersOf(value: unknown, shape: readonly [number, number], name: string): Float64Array {
  const { data, dtype } = readElements(value, undefined, name, `the dtype of ${name}`);
  checkLength(data, shape[1] === 1 ? [shape[0]] : shape, name);
  const own = widen(data, dtype);
  const matrix = { data: own, dtype: "f64", rows: shape[0], cols: shape[1] } as const;
  checkFinite(findFacts(matrix), matrix, name);
  return own;
}

export function checkLinear(value: unknown, label: string, fallback: string): CheckedLayer {
  const given = checkOptions(value, label, keys.linear);
  const [outputs = 0, inputs = 0] = checkShape(given.shape, `${label}.shape`, ["outputs", "inputs"]);
  const weights = numbersOf(given.weights, [outputs, inputs], `${label}.weights`);
  const bias = given.bias === undefined ? null : numbersOf(given.bias, [outputs, 1], `${label}.bias`);
  const name = given.name === undefined ? fallback : checkString(given.name, `${label}.name`);
  return { name, inputs, outputs, native: { kind: "linear", outputs, weights, bias }, lipschitz: null };
}

function checkLayerNorm(value: unknown, label: string, fallback: string): CheckedLayer {
  const given = checkOptions(value, label, keys.layer_norm);
  const width = readElements(given.weights, undefined, `${label}.weights`, `the dtype of ${label}.weights`).data.length;
  if (width === 0) throw expected("at least one number", `${label}.weights`, given.weights);
  const weights = numbersOf(given.weights, [width, 1], `${label}.weights`);
  const bias = given.bias === undefined ? null : numbersOf(given.bias, [width, 1], `${label}.bias`);
  const { epsilon: eps, lipschitz, name } = given;
  const epsilon = eps === undefined ? defaultEpsilon : checkNumber(eps, `${label}.epsilon`, { above: 0 });
  return {
    name: name === undefined ? fallback : checkString(name, `${label}.name`),
    inputs: width,
    outputs: width,
    native: { kind: "layer_norm", weights, bias, epsilon },
    lipschitz: lipschitz === undefined ? null : checkNumber(lipschitz, `${label}.lipschitz`, { min: 0 }),
  };
}

/** Its widths are NaN where it takes any. */
function checkLayer(value: unknown, label: string, index: number): CheckedLayer {
  if (typeof value !== "object" || value === null) throw expected("a layer, {kind, …},", label, value);
  const kind = checkOneOf((value as { kind?: unknown }).kind, `${label}.kind`, layerKinds);
  if (kind === "linear") return checkLinear(value, label, `linear${index}`);
  if (kind === "layer_norm") return checkLayerNorm(value, label, `layer_norm${index}`);
  const same = { name: kind, inputs: NaN, outputs: NaN, lipschitz: null };
  if (kind !== "leaky_relu") {
    checkOptions(value, label, ["kind"]);
    return { ...same, native: { kind } };
  }
  const { slope } = checkOptions(value, label, keys.leaky_relu);
  const checked = slope === undefined ? defaultSlope : checkNumber(slope, `${label}.slope`);
  return { ...same, name: `leaky_relu(${checked})`, native: { kind, slope: checked } };
}

/** Layers that follow on each other; `inputs`, where it is known, is what the first takes. */
export function chainLayers(layers: readonly CheckedLayer[], inputs: number, what: string): readonly CheckedLayer[] {
  let width = inputs;
  for (const layer of layers) if (Number.isNaN(width)) width = layer.inputs;
  let before = "the features";
  return layers.map((layer) => {
    const takes = Number.isNaN(layer.inputs) ? width : layer.inputs;
    if (takes !== width) {
      throw expected(`${takes} numbers, as ${layer.name} takes,`, `the width of ${before} in ${what}`, width, {
        code: "SHAPE_MISMATCH",
        details: { layer: layer.name, expected: takes, received: width },
      });
    }
    width = Number.isNaN(layer.outputs) ? width : layer.outputs;
    before = `what ${layer.name} gives`;
    return { ...layer, inputs: takes, outputs: width };
  });
}

/** The layers of `heads.network`, copied. @throws ArgumentError INVALID_ARGUMENT or SHAPE_MISMATCH; DataError NON_FINITE. */
export function checkLayers(value: unknown, inputs: number | undefined, name: string): readonly CheckedLayer[] {
  const list = checkArray(value, name);
  const layers = list.map((layer, k) => checkLayer(layer, `${name}[${k}]`, k));
  if (inputs === undefined && layers.every((layer) => Number.isNaN(layer.inputs))) {
    throw expected("the number of features", "options.inputs", inputs, {
      hint: "None of the layers says how many it takes.",
    });
  }
  return chainLayers(layers, inputs ?? NaN, name);
}
