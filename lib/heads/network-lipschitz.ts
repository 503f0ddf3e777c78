import { ArgumentError } from "../errors.ts";
import type { PhaseOptions } from "../phase-job.ts";
import type { Lipschitz, LipschitzPart } from "../stitching-result.ts";
import { activationConstant } from "./activation-constants.ts";
import type { CheckedLayer } from "./checked-layer.ts";
import { spectralNorm } from "./spectral-norm.ts";

/** Heads at several points of a network share its layers. */
const known = new WeakMap<CheckedLayer, number>();

async function linearConstant(layer: CheckedLayer, weights: Float64Array, options: PhaseOptions): Promise<number> {
  const found = known.get(layer);
  if (found !== undefined) return found;
  const { signal, threads } = options;
  // The phase's steps are layers, not what happens inside of one.
  const norm = await spectralNorm(weights, [layer.outputs, layer.inputs], { signal, threads, onProgress: undefined });
  known.set(layer, norm);
  return norm;
}

function notLipschitz(layer: CheckedLayer, head: string): ArgumentError {
  const { native } = layer;
  let always = "";
  if (native.kind === "layer_norm") {
    let most = 0;
    for (const value of native.weights ?? [1]) most = Math.max(most, Math.abs(value));
    always = ` max|w|/√ε = ${(most / Math.sqrt(native.epsilon)).toPrecision(4)} always holds.`;
  }
  const message = `Expected a Lipschitz constant for ${layer.name} of head ${head} but received none: how much a layer norm expands depends on the spread of its input.`;
  return new ArgumentError("NOT_LIPSCHITZ", `${message} Give one (lipschitz).${always}`, { head, layer: layer.name });
}

async function partOf(layer: CheckedLayer, head: string, options: PhaseOptions): Promise<LipschitzPart> {
  const { name, native } = layer;
  if (native.kind === "linear") return { name, constant: await linearConstant(layer, native.weights, options) };
  if (native.kind !== "layer_norm") return { name, constant: activationConstant(native) };
  if (layer.lipschitz === null) throw notLipschitz(layer, head);
  return { name, constant: layer.lipschitz };
}

/** ‖W‖₂ of one linear layer, 1 of none, else the product of the layers' constants. */
export async function networkLipschitz(
  layers: readonly CheckedLayer[],
  head: string,
  options: PhaseOptions,
): Promise<Lipschitz> {
  // What will be refused is refused before anything is factorised.
  const refused = layers.find(({ native, lipschitz }) => native.kind === "layer_norm" && lipschitz === null);
  if (refused !== undefined) throw notLipschitz(refused, head);
  const parts: LipschitzPart[] = [];
  let constant = 1;
  for (const [index, layer] of layers.entries()) {
    const part = await partOf(layer, head, options);
    parts.push(part);
    constant *= part.constant;
    options.onProgress?.({ phase: "heads", done: index + 1, total: layers.length });
  }
  const exact = layers.length === 0 || (layers.length === 1 && layers[0]?.native.kind === "linear");
  return { constant, method: exact ? "exact" : "spectral-product", parts };
}
