import { describeKernel } from "./kernels/describe.ts";
import type { Kernel } from "./kernels/kernel.ts";
import type { Layer } from "./layer.ts";
import type { LayerSpectrum } from "./metrics/metric.ts";
import type { NativeMatrix } from "./native.ts";

/** What is wanted of a layer's factorisation: `ridge:0.001` has κ = 0.001. See NativeFactorOutput. */
export type FactorOutput = "basis" | "projector" | "right" | `ridge:${number}`;

/** A matrix with orthonormal or regularised columns, and its squared row norms. */
export interface FactorMatrix {
  readonly matrix: NativeMatrix;
  readonly leverages: Float64Array;
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

  set(layer: Layer, kernel: Kernel, factor: LayerFactor | { readonly reason: string }): void {
    const byKernel = this.#found.get(layer) ?? new Map<string, LayerFactor | { readonly reason: string }>();
    this.#found.set(layer, byKernel.set(describeKernel(kernel), factor));
  }

  get(layer: Layer, kernel: Kernel): LayerFactor | { readonly reason: string } {
    const factor = this.#found.get(layer)?.get(describeKernel(kernel));
    if (factor === undefined) throw new Error("a factorisation was not made before it was needed");
    return factor;
  }
}
