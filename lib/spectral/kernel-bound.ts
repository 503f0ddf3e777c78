import { gramOf } from "../gram-matrix.ts";
import { widen } from "../half.ts";
import type { Kernel } from "../kernels/kernel.ts";
import type { Layer } from "../layer.ts";
import { factsOf, Representation } from "../representation.ts";

/** C with |k(x, x')| ≤ C. */
export interface KernelBound {
  readonly value: number;
  /** True where it is no property of the kernel but was read off these samples: others may exceed it. */
  readonly plugIn: boolean;
}

/** max ‖x_i‖², from the facts: ‖x − μ‖² + 2⟨x − μ, μ⟩ + ‖μ‖². */
function largestNorm2(layer: Representation): number {
  const { centredNorm2, dotMean, meanNorm2 } = factsOf(layer);
  let most = 0;
  for (const [i, norm2] of centredNorm2.entries()) most = Math.max(most, norm2 + 2 * dotMean[i]! + meanNorm2);
  return most;
}

function largestEntry(entries: Float64Array): number {
  let most = 0;
  for (const entry of entries) most = Math.max(most, Math.abs(entry));
  return most;
}

/** The bound of a kernel on a layer's samples. A Gram matrix has that of its own entries. */
export function kernelBound(layer: Layer, kernel: Kernel): KernelBound {
  if (!(layer instanceof Representation)) {
    const { data, dtype } = gramOf(layer);
    return { value: largestEntry(data instanceof Float64Array ? data : widen(data, dtype)), plugIn: true };
  }
  switch (kernel.kind) {
    case "rbf":
    case "laplacian":
    case "cosine":
      return { value: 1, plugIn: false };
    case "linear":
      return { value: largestNorm2(layer), plugIn: true };
    case "polynomial": {
      const gamma = kernel.gamma === "1/d" ? 1 / layer.features : kernel.gamma;
      // |γ⟨x,x'⟩ + c| ≤ γ·max‖x‖² + c by Cauchy and Schwarz; γ and c are not negative.
      const base = gamma * largestNorm2(layer) + kernel.offset;
      return { value: base ** kernel.degree, plugIn: true };
    }
  }
}
