import type { NativeLayer } from "../native-network.ts";

/**
 * Lipschitz constants of the activations in Euclidean norms, where not exact rounded up. The largest slope of x·Φ(x) is
 * Φ(√2) + √2·φ(√2) = 1.12890…, that of its tanh form 1.12900…, of x·sigmoid(x) 1.09983….
 * Softmax: its Jacobian diag(p) − ppᵀ is symmetric, and the absolute sum of row i is 2p_i(1 − p_i) ≤ ½, so by Gershgorin no
 * eigenvalue is above ½; p = (½, ½, 0, …) has it. Half of the 1 that is often given, which only says that softmax does not expand.
 */
const constants = {
  relu: 1,
  tanh: 1,
  sigmoid: 0.25,
  gelu: 1.129,
  gelu_tanh: 1.129,
  silu: 1.1,
  softmax: 0.5,
} as const;

/** The constant of a layer that is neither linear nor a normalisation. */
export function activationConstant(layer: Exclude<NativeLayer, { readonly kind: "linear" | "layer_norm" }>): number {
  return layer.kind === "leaky_relu" ? Math.max(1, Math.abs(layer.slope)) : constants[layer.kind];
}
