/** What a head is: the part of a network behind one of its layers, as a function of that layer's features. */
import type { Representation } from "../representation.ts";
import type { Lipschitz } from "../stitching-result.ts";
import type { WorkOptions } from "../work-options.ts";

/** A head g: ℝ^d → ℝ^t. Immutable. */
export interface Head {
  readonly name: string;
  /** d. */
  readonly inputs: number;
  /** t. */
  readonly outputs: number;
  /** W (t×d, row-major) and b where g is x ↦ Wx + b; else null. A copy at each call. */
  readonly linear: () => { readonly weights: Float64Array; readonly bias: Float64Array | null } | null;
  /** g of every row: n×t, f64. */
  readonly apply: (features: Representation, options?: WorkOptions) => Promise<Representation>;
  /** κ; rejects with ArgumentError code NOT_LIPSCHITZ where there is none known (layer norm, or a function without one). */
  readonly lipschitz: (options?: WorkOptions) => Promise<Lipschitz>;
}

/** A network read from its weights: heads at every stitch point. */
export interface Network {
  readonly name: string;
  /** Names of the stitch points in order of depth, the output last, e.g. relu1, relu2, relu3, logits. */
  readonly points: readonly string[];
  /** The rest of the network behind a stitch point (behind the last one: the identity). NO_SUCH_POINT for a name that it has not. */
  readonly head: (point: string) => Head;
}
