import { basename } from "node:path";

import { checkNumber, checkOptions, checkSignal, checkString, expected } from "../check.ts";
import { ArgumentError } from "../errors.ts";
import { nearNames } from "../io/near-names.ts";
import { openTensorFile } from "../io/open.ts";
import { quoted, shownPath } from "../io/quoted.ts";
import type { TensorFile } from "../io/tensor-file.ts";
import { chainLayers, type CheckedLayer } from "./checked-layer.ts";
import type { Head, Network } from "./head.ts";
import { namePoints, type Point } from "./name-points.ts";
import { networkHead } from "./network-head.ts";
import { parseOrder } from "./parse-order.ts";
import { readLayer } from "./read-layer.ts";

/** Options of {@link loadNetwork}. */
export interface LoadNetworkOptions {
  /** The modules in order, for a file whose metadata do not say it (or say it wrong): `"l.0 relu l.1 relu=block2 l.2"`. */
  readonly order?: string;
  /** By default the metadata's `model`, else the file's name without endings. */
  readonly name?: string;
  /** Lipschitz constants of layer norms by their prefix, on your word. */
  readonly lipschitz?: Readonly<Record<string, number>>;
  readonly signal?: AbortSignal;
}

export const loadKeys = ["order", "name", "lipschitz", "signal"] as const;

interface Wanted {
  readonly order: string | undefined;
  readonly name: string | undefined;
  readonly lipschitz: ReadonlyMap<string, number>;
  readonly signal: AbortSignal | undefined;
}

function checkWanted(options: LoadNetworkOptions | undefined): Wanted {
  const { order, name, lipschitz, signal } = checkOptions(options, "options", loadKeys);
  const constants =
    lipschitz === undefined ? {} : checkOptions(lipschitz, "options.lipschitz", Object.keys(lipschitz ?? {}));
  return {
    order: order === undefined ? undefined : checkString(order, "options.order"),
    name: name === undefined ? undefined : checkString(name, "options.name"),
    lipschitz: new Map(
      Object.entries(constants).map(([key, value]) => [
        key,
        checkNumber(value, `options.lipschitz[${quoted(key)}]`, { min: 0 }),
      ]),
    ),
    signal: signal === undefined ? undefined : checkSignal(signal, "options.signal"),
  };
}

function checkConstants(layers: readonly CheckedLayer[], constants: ReadonlyMap<string, number>): void {
  const norms = layers.filter(({ native }) => native.kind === "layer_norm").map(({ name }) => name);
  for (const key of constants.keys()) {
    if (!norms.includes(key)) {
      throw expected(`the prefix of a layer norm (${norms.join(", ") || "there is none"})`, "options.lipschitz", key);
    }
  }
}

async function readNetwork(file: TensorFile, wanted: Wanted): Promise<Network> {
  const { lipschitz, signal } = wanted;
  const path = shownPath(file.path);
  const order = wanted.order ?? file.metadata.get("order");
  const suffix = ".weight";
  const prefixes = file.tensors.flatMap(({ name }) => (name.endsWith(suffix) ? [name.slice(0, -suffix.length)] : []));
  if (order === undefined) {
    throw expected("the modules in order", "options.order", order, {
      hint: `The metadata of ${path} have no "order". It holds ${prefixes.length === 0 ? "no weights" : `the weights of ${prefixes.map(quoted).join(", ")}`}.`,
    });
  }
  const where = wanted.order === undefined ? `the order of ${path}` : "options.order";
  const tokens = parseOrder(order, prefixes, where);
  const points = namePoints(tokens, where);
  const read: CheckedLayer[] = [];
  for (const token of tokens) {
    signal?.throwIfAborted();
    read.push(await readLayer({ file, signal }, token, lipschitz.get(token.word) ?? null));
  }
  checkConstants(read, lipschitz);
  if (read.every(({ inputs }) => Number.isNaN(inputs)))
    throw expected("at least one layer with a weight", where, order);
  const layers = chainLayers(read, NaN, path);
  const fallback = basename(file.path)
    .replace(/\.safetensors$/i, "")
    .replace(/\.weights$/i, "");
  return networkOf(wanted.name ?? file.metadata.get("model") ?? fallback, layers, points);
}

function networkOf(name: string, layers: readonly CheckedLayer[], points: readonly Point[]): Network {
  const names = points.map((point) => point.name);
  return Object.freeze({
    name,
    points: Object.freeze(names),
    head: (point: string): Head => {
      const found = points.find((one) => one.name === checkString(point, "point"));
      if (found === undefined) {
        const near = nearNames(names, point).map(quoted).join(", ");
        const message = `Expected a stitch point of ${name} but received ${quoted(point)}. The nearest of its ${names.length}: ${near}.`;
        throw new ArgumentError("NO_SUCH_POINT", message, { network: name, point, points: [...names] });
      }
      const inputs = layers[found.behind - 1]?.outputs ?? 0;
      return networkHead(`${name}:${found.name}`, layers.slice(found.behind), inputs);
    },
  });
}

/**
 * A feed-forward network from its weights: heads at every stitch point. A .safetensors file (or .npz) with `PREFIX.weight` (outputs×inputs; rank 1: a
 * layer norm), optional `PREFIX.bias`, in f64, f32, f16 or bf16, and the modules in order in its metadata or in `options.order`, e.g.
 * `"l.0 relu l.1 relu l.2"`. Docs: docs/networks.md.
 *
 * Stitch points stand behind every activation (`relu1`, `relu2`, …) and wherever the order gives a name (`relu=block1`); the output is
 * `logits` where it has no other. Weights are widened to f64, in which heads compute.
 *
 * @throws FileError FILE_ACCESS, UNSUPPORTED_FORMAT, CORRUPT_FILE, NO_SUCH_TENSOR; ArgumentError INVALID_ARGUMENT (no order, an unknown word),
 * SHAPE_MISMATCH (widths that do not chain); DataError NON_FINITE; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { loadNetwork, Representation } from "gramian";
 * const network = await loadNetwork("examples/mnist/mlp-a.weights.safetensors");
 * console.log(network.points.join(" ")); // relu1 relu2 relu3 logits
 * const relu2 = await Representation.load("examples/mnist/mlp-a.safetensors", "relu2");
 * const logits = await network.head("relu2").apply(relu2);
 * console.log(logits.samples, logits.features); // 1000 10
 * ```
 */
export async function loadNetwork(file: string, options?: LoadNetworkOptions): Promise<Network> {
  checkString(file, "file");
  const wanted = checkWanted(options);
  const opened = await openTensorFile(file, wanted.signal === undefined ? {} : { signal: wanted.signal });
  try {
    return await readNetwork(opened, wanted);
  } finally {
    await opened.close();
  }
}
