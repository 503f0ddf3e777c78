import { readFileSync } from "node:fs";
import type { Kernel } from "../../lib/kernels/kernel.ts";
import type { Features } from "../twin/features.ts";
import { readFeatures } from "../twin/safetensors.ts";

export interface GoldenPair {
  readonly name: string;
  readonly x: Features;
  readonly y: Features;
  readonly values: Readonly<Record<string, number>>;
  /** Everything that the file holds of the pair: lists and tables too, and null for what does not exist. */
  readonly all: Readonly<Record<string, unknown>>;
  /** One-hot labels of the same samples. */
  readonly targets: Features;
}

interface Entry {
  readonly a: string;
  readonly b: string;
  readonly rows: number;
  readonly values: Record<string, unknown>;
}

function features(address: string, rows: number): Features {
  const [file = "", tensor = ""] = address.split(":");
  return readFeatures(new URL(`../../examples/mnist/${file}`, import.meta.url), tensor, rows);
}

/** Every pair of golden/mnist.json, with the scalars among its values. */
export function goldenPairs(): GoldenPair[] {
  const file = readFileSync(new URL("golden/mnist.json", import.meta.url), "utf8");
  return Object.entries(JSON.parse(file) as Record<string, Entry>).map(([name, { a, b, rows, values }]) => ({
    name,
    x: features(a, rows),
    y: features(b, rows),
    all: values,
    targets: features("targets.safetensors:onehot", rows),
    values: Object.fromEntries(
      Object.entries(values).flatMap(([key, value]) => (typeof value === "number" ? [[key, value]] : [])),
    ),
  }));
}

/** Which kernel a quantity's name stands for: the second part of `cka.rbf.debiased`. */
export const goldenKernels: Readonly<Record<string, Kernel>> = {
  linear: { kind: "linear" },
  cosine: { kind: "cosine" },
  rbf: { kind: "rbf", bandwidth: { median: 1 } },
  laplacian: { kind: "laplacian", bandwidth: { median: 1 } },
  "poly3.gamma1/d.c1": { kind: "polynomial", degree: 3, gamma: "1/d", offset: 1 },
};

/** The quantities of the kernel-alignment family, as the file names them. */
export const goldenQuantities = [
  { quantity: "ka.linear", metric: "ka", kernel: "linear" },
  { quantity: "ka.rbf", metric: "ka", kernel: "rbf" },
  { quantity: "ka.cosine", metric: "ka", kernel: "cosine" },
  { quantity: "cka.linear", metric: "cka", kernel: "linear", estimator: "biased" },
  { quantity: "cka.linear.debiased", metric: "cka", kernel: "linear", estimator: "debiased" },
  { quantity: "cka.rbf", metric: "cka", kernel: "rbf", estimator: "biased" },
  { quantity: "cka.rbf.debiased", metric: "cka", kernel: "rbf", estimator: "debiased" },
  { quantity: "cka.laplacian", metric: "cka", kernel: "laplacian", estimator: "biased" },
  { quantity: "cka.cosine", metric: "cka", kernel: "cosine", estimator: "biased" },
  { quantity: "cka.poly3.gamma1/d.c1", metric: "cka", kernel: "poly3.gamma1/d.c1", estimator: "biased" },
  { quantity: "hsic.linear.biased", metric: "hsic", kernel: "linear", estimator: "biased" },
  { quantity: "hsic.linear.unbiased", metric: "hsic", kernel: "linear", estimator: "debiased" },
  { quantity: "hsic.rbf.biased", metric: "hsic", kernel: "rbf", estimator: "biased" },
] as const;
