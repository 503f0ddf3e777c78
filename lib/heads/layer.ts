/** The layers of a network as a caller gives them. */
import type { ElementsLike } from "../matrix/typed-array.ts";

/** x ↦ Wx + b. */
export interface LinearLayer {
  readonly kind: "linear";
  /** W: outputs×inputs, row-major; Float64Array or Float32Array (halves come in files). */
  readonly weights: ElementsLike;
  /** `[outputs, inputs]`. */
  readonly shape: readonly [number, number];
  /** One an output; none by default. */
  readonly bias?: ElementsLike;
  /** What parts of a Lipschitz constant and messages call it. */
  readonly name?: string;
}

/** x ↦ w∘(x − mean)/√(variance + ε) + b over the features of each row, the variance divided by their number (Ba, Kiros and Hinton 2016). */
export interface LayerNorm {
  readonly kind: "layer_norm";
  /** w, one a feature. */
  readonly weights: ElementsLike;
  readonly bias?: ElementsLike;
  /** ε > 0; 1e-5 by default. */
  readonly epsilon?: number;
  /** A Lipschitz constant on your word: for the inputs that matter it may be far below the one that always holds, max|w|/√ε. */
  readonly lipschitz?: number;
  readonly name?: string;
}

/** x < 0 ? slope·x : x. */
export interface LeakyRelu {
  readonly kind: "leaky_relu";
  /** 0.01 by default. */
  readonly slope?: number;
}

/** Functions without numbers of their own. `gelu` is x·Φ(x), `gelu_tanh` its approximation by a tanh; `silu` is x·sigmoid(x). */
export interface Activation {
  readonly kind: "relu" | "tanh" | "sigmoid" | "gelu" | "gelu_tanh" | "silu" | "softmax";
}

/** One layer of a feed-forward network. */
export type NetworkLayer = LinearLayer | LayerNorm | LeakyRelu | Activation;
