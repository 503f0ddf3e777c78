/** Networks as they cross the boundary: layers, and what is run of them. */
import type { NativeMatrix } from "./native.ts";

/** A layer of a network. All but `linear` give as many numbers as they take. */
export type NativeLayer =
  | {
      readonly kind: "linear";
      /** How many numbers it gives. */
      readonly outputs: number;
      /** outputs×inputs, row-major. */
      readonly weights: Float64Array;
      readonly bias: Float64Array | null;
    }
  | { readonly kind: "relu" | "tanh" | "sigmoid" | "gelu" | "gelu_tanh" | "silu" | "softmax" }
  | { readonly kind: "leaky_relu"; readonly slope: number }
  | {
      readonly kind: "layer_norm";
      /** One a feature; null for ones. */
      readonly weights: Float64Array | null;
      readonly bias: Float64Array | null;
      /** ε > 0, added to the variance. */
      readonly epsilon: number;
    };

/** g of every row: each layer takes what the one before gives. */
export interface NativeNetworkSpec {
  readonly features: NativeMatrix;
  readonly layers: readonly NativeLayer[];
  /** Written by the job, row-major: rows of `features` × what the last layer gives. */
  readonly out: Float64Array;
  readonly threads: number;
}

/** R = (1/n)·Σ‖g(S·f_i + b + o_i) − y_i‖² and its gradient in S and b. */
export interface NativeStitchedRiskSpec {
  /** n×d_1. */
  readonly features: NativeMatrix;
  /** d_2. */
  readonly outputs: number;
  /** S, d_2×d_1, row-major. */
  readonly weights: Float64Array;
  readonly bias: Float64Array | null;
  /** o, n×d_2; null for zeros. */
  readonly offsets: NativeMatrix | null;
  /** g. */
  readonly layers: readonly NativeLayer[];
  /** Y, n×t. */
  readonly targets: NativeMatrix;
  /** Written by the job where they are given, in the shapes of S and b; the second only beside the first. */
  readonly weightGradient: Float64Array | null;
  readonly biasGradient: Float64Array | null;
  readonly threads: number;
}
