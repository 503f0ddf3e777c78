import { checkInteger, checkNumber, checkOptions, checkString, expected } from "../check.ts";
import type { ElementsLike } from "../matrix/typed-array.ts";
import { checkLayers, checkLinear } from "./checked-layer.ts";
import { functionHead, type FunctionHeadOptions, type HeadFunction } from "./function-head.ts";
import type { Head } from "./head.ts";
import type { NetworkLayer } from "./layer.ts";
import { loadKeys, loadNetwork, type LoadNetworkOptions } from "./load-network.ts";
import { networkHead } from "./network-head.ts";

/** What `heads.linear` is made of: x ↦ Wx + b. */
export interface LinearHeadOptions {
  /** W: t×d, row-major. */
  readonly weights: ElementsLike;
  /** `[t, d]`. */
  readonly shape: readonly [number, number];
  /** t numbers; none by default. */
  readonly bias?: ElementsLike;
  /** "linear" by default. */
  readonly name?: string;
}

/** Options of `heads.network`. */
export interface NetworkHeadOptions {
  /** d, where no layer says it. */
  readonly inputs?: number;
  /** "network" by default. */
  readonly name?: string;
  /** κ of the whole on your word, in the place of the product of the layers' constants. */
  readonly lipschitz?: number;
}

/** Options of `heads.load`. */
export interface LoadHeadOptions extends LoadNetworkOptions {
  /** The stitch point behind which the head begins. */
  readonly from: string;
}

/**
 * Makers of heads: the part g of a network behind one of its layers. All compute in f64.
 *
 * - `linear({ weights, shape, bias })`: x ↦ Wx + b; κ = ‖W‖₂.
 * - `network(layers, { inputs, lipschitz })`: layers in order, e.g. `{ kind: "linear", weights, shape, bias }`, `{ kind: "relu" }`,
 *   `{ kind: "layer_norm", weights, bias, epsilon }`; κ is the product of their constants.
 * - `fromFunction(fn, { inputs, outputs, lipschitz })`: any function of n rows at once, with κ on your word.
 * - `load(file, { from, … })`: the rest of a stored network behind a stitch point; see {@link loadNetwork}.
 *
 * @throws ArgumentError INVALID_ARGUMENT, UNSUPPORTED_DTYPE, SHAPE_MISMATCH (widths that do not chain) or NO_SUCH_POINT; DataError NON_FINITE.
 *
 * @example
 * ```ts
 * import { heads, Representation } from "gramian";
 * const head = heads.linear({ weights: Float64Array.of(3, 0, 0, 4), shape: [2, 2], bias: Float64Array.of(0, 1) });
 * const features = Representation.fromArray(Float64Array.of(1, 1), [1, 2]);
 * console.log((await head.apply(features)).toFloat64Array()); // Float64Array(2) [ 3, 5 ]
 * ```
 */
export const heads = Object.freeze({
  linear(options: LinearHeadOptions): Head {
    const given = checkOptions(options, "heads.linear(options)", ["weights", "shape", "bias", "name"]);
    const layer = checkLinear({ kind: "linear", ...given }, "options", "linear");
    return networkHead(layer.name, [layer], layer.inputs);
  },

  network(layers: readonly NetworkLayer[], options?: NetworkHeadOptions): Head {
    const given = checkOptions(options, "heads.network(options)", ["inputs", "name", "lipschitz"]);
    const { inputs, lipschitz } = given;
    const width = inputs === undefined ? undefined : checkInteger(inputs, "options.inputs", { min: 1 });
    const name = given.name === undefined ? "network" : checkString(given.name, "options.name");
    const constant = lipschitz === undefined ? null : checkNumber(lipschitz, "options.lipschitz", { min: 0 });
    const checked = checkLayers(layers, width, "layers");
    return networkHead(name, checked, checked[0]?.inputs ?? width ?? 0, constant);
  },

  fromFunction(run: HeadFunction, options: FunctionHeadOptions): Head {
    return functionHead(run, options);
  },

  async load(file: string, options: LoadHeadOptions): Promise<Head> {
    const { from, ...rest } = checkOptions(options, "heads.load(options)", ["from", ...loadKeys]);
    if (from === undefined) throw expected("the name of a stitch point", "options.from", from);
    const network = await loadNetwork(file, rest as LoadNetworkOptions);
    return network.head(checkString(from, "options.from"));
  },
});
