import type { Bandwidth, Kernel } from "./kernel.ts";

function bandwidthText(bandwidth: Bandwidth): string {
  return typeof bandwidth === "number" ? `σ=${bandwidth}` : `${bandwidth.median}×median`;
}

/**
 * The short name of a kernel: two kernels have the same one only if they are equal, and {@link parseKernel} reads it back.
 *
 * @example
 * ```ts
 * import { describeKernel, polynomial, rbf } from "gramian";
 * console.log(describeKernel(rbf())); // rbf(1×median)
 * console.log(describeKernel(rbf({ bandwidth: 2.5 }))); // rbf(σ=2.5)
 * console.log(describeKernel(polynomial({ degree: 3 }))); // poly3(γ=1/d,c=1)
 * ```
 */
export function describeKernel(kernel: Kernel): string {
  switch (kernel.kind) {
    case "linear":
    case "cosine":
      return kernel.kind;
    case "polynomial":
      return `poly${kernel.degree}(γ=${kernel.gamma},c=${kernel.offset})`;
    case "rbf":
    case "laplacian":
      return `${kernel.kind}(${bandwidthText(kernel.bandwidth)})`;
  }
}
