import { checkOptions } from "../check.ts";
import { Representation } from "../representation.ts";
import type { Lipschitz } from "../stitching-result.ts";
import { checkWorkOptions, workKeys, type WorkOptions } from "../work-options.ts";
import type { CheckedLayer } from "./checked-layer.ts";
import { checkFeatures } from "./check-features.ts";
import type { Head } from "./head.ts";
import { networkLipschitz } from "./network-lipschitz.ts";
import { runNetwork } from "./run-network.ts";

const layersOfHeads = new WeakMap<Head, readonly CheckedLayer[]>();

/** The layers of a head that is a network, for derivatives and norms; null for any other. Never to leave the package. */
export function layersOf(head: Head): readonly CheckedLayer[] | null {
  return layersOfHeads.get(head) ?? null;
}

function identity(size: number): Float64Array {
  const weights = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) weights[i * size + i] = 1;
  return weights;
}

function linearOf(layers: readonly CheckedLayer[], inputs: number): ReturnType<Head["linear"]> {
  const [only, ...more] = layers;
  if (only === undefined) return { weights: identity(inputs), bias: null };
  if (more.length > 0 || only.native.kind !== "linear") return null;
  return { weights: only.native.weights.slice(), bias: only.native.bias?.slice() ?? null };
}

/** The head that is these layers, which must follow on each other; of none the identity. */
export function networkHead(
  name: string,
  layers: readonly CheckedLayer[],
  inputs: number,
  given: number | null = null,
): Head {
  const outputs = layers.at(-1)?.outputs ?? inputs;
  const head: Head = Object.freeze({
    name,
    inputs,
    outputs,
    linear: () => linearOf(layers, inputs),
    apply: async (features: Representation, options?: WorkOptions): Promise<Representation> => {
      const checked = checkWorkOptions(checkOptions(options, "apply(options)", workKeys));
      const source = checkFeatures(features, { name, inputs });
      const out = await runNetwork(source, layers, checked);
      const from = source.source === null ? {} : { source: source.source };
      return Representation.fromArray(out, [source.samples, outputs], { name, ...from, take: true });
    },
    lipschitz: async (options?: WorkOptions): Promise<Lipschitz> => {
      const checked = checkWorkOptions(checkOptions(options, "lipschitz(options)", workKeys));
      checked.signal?.throwIfAborted();
      if (given !== null) return { constant: given, method: "given", parts: [] };
      return await networkLipschitz(layers, name, checked);
    },
  });
  layersOfHeads.set(head, layers);
  return head;
}
