import {
  compare,
  type CompareOptions,
  type Comparison,
  cosine,
  type Kernel,
  laplacian,
  linear,
  polynomial,
  rbf,
  Representation,
} from "../../lib/index.ts";
import type { Features } from "../twin/features.ts";

/** One of each kernel, by name; the ones that need a bandwidth take the median. */
export const kernels: Readonly<Record<string, Kernel>> = {
  linear: linear(),
  cosine: cosine(),
  "polynomial of degree 3": polynomial({ degree: 3 }),
  "polynomial of degree 2, homogeneous": polynomial({ degree: 2, gamma: 0.5, offset: 0 }),
  "RBF, median": rbf(),
  "RBF, 0.3 median": rbf({ medianScale: 0.3 }),
  "Laplacian, median": laplacian(),
};

/** A representation of these features; as 32-bit floats when asked, which must hold them exactly if a twin is to be compared with. */
export function represent(x: Features, name: string, dtype: "f64" | "f32" = "f64"): Representation {
  const data = dtype === "f64" ? x.data : Float32Array.from(x.data);
  return Representation.fromArray(data, [x.n, x.d], { name });
}

/** Everything that this family of metrics has to say of two layers: rows and columns are both x, y. */
export async function askAll(
  layers: readonly Features[],
  options: CompareOptions,
  dtype: "f64" | "f32" = "f64",
): Promise<Comparison> {
  return await compare(
    layers.map((layer, i) => represent(layer, `layer ${i}`, dtype)),
    undefined,
    { metrics: ["ka", "cka.biased", "cka.debiased", "hsic.biased", "hsic.debiased"], threads: 1, ...options },
  );
}
