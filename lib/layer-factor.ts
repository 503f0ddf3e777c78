import { describeKernel } from "./kernels/describe.ts";
import type { Kernel } from "./kernels/kernel.ts";
import type { Layer } from "./layer.ts";
import type { LayerSpectrum } from "./metrics/metric.ts";
import type { NativeMatrix } from "./native.ts";

/** What is wanted of a layer's factorisation: `ridge:0.001` has κ = 0.001. See NativeFactorOutput. */
export type FactorOutput = "basis" | "projector" | "right" | `ridge:${number}` | `explained:${number}`;

/** A matrix with orthonormal or regularised columns, and its squared row norms. */
export interface FactorMatrix {
  readonly matrix: NativeMatrix;
  readonly leverages: Float64Array;
  /** Of what is made of an uncentred kernel matrix: the means of the columns, and what W·Wᵀ leaves of the vector of ones. */
  readonly uncentred: { readonly means: Float64Array; readonly onesResidual: Float64Array } | null;
}

/** Which factorisation of a layer: of which kernel's matrix, and whether that is centred. */
export interface FactorKey {
  readonly kernel: Kernel;
  readonly centred: boolean;
}

/** Factorisations with the same name are one. */
export function nameOfFactor({ kernel, centred }: FactorKey): string {
  return `${centred ? "centred" : "plain"} ${describeKernel(kernel)}`;
}

/** One layer's factorisation under one kernel. */
export interface LayerFactor {
  readonly spectrum: LayerSpectrum;
  /** How it was found: "cholesky", "covariance", "svd", … */
  readonly route: string;
  readonly output: (kind: FactorOutput) => FactorMatrix;
}

/** The factorisations that were made, or why there is none. */
export class Factors {
  readonly #found = new Map<Layer, Map<string, LayerFactor | { readonly reason: string }>>();

  set(layer: Layer, key: FactorKey, factor: LayerFactor | { readonly reason: string }): void {
    const byKey = this.#found.get(layer) ?? new Map<string, LayerFactor | { readonly reason: string }>();
    this.#found.set(layer, byKey.set(nameOfFactor(key), factor));
  }

  /** The factorisation, or why there is none. */
  get(layer: Layer, key: FactorKey): LayerFactor | { readonly reason: string } {
    const factor = this.#found.get(layer)?.get(nameOfFactor(key));
    if (factor === undefined) throw new Error("a factorisation was not made before it was needed");
    return factor;
  }

  /** The factorisation of a matrix that is not 0, or why there is none. */
  ranked(layer: Layer, key: FactorKey): LayerFactor | { readonly reason: string } {
    const factor = this.get(layer, key);
    if ("reason" in factor || factor.spectrum.rank > 0) return factor;
    return { reason: `the rows of ${layer.name} are all alike, so its centred kernel matrix is 0` };
  }
}
