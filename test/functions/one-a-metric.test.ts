import { describe, expect, it } from "vitest";

import * as gramian from "../../lib/index.ts";
import { type Cell, compare, type Layer, measure, metrics, Representation } from "../../lib/index.ts";
import { noise } from "../cli/write-activations.ts";

function layer(name: string, features: number, seed: number): Representation {
  const random = noise(seed);
  const shared = noise(7);
  const rows = Array.from({ length: 40 }, () => {
    const common = shared();
    return Array.from({ length: features }, () => random() + common);
  });
  return Representation.fromArray(Float64Array.from(rows.flat()), [40, features], { name });
}

const a = layer("a", 5, 1);
const b = layer("b", 5, 2);

/** What the package exports, by name. */
const exported: Readonly<Record<string, unknown>> = { ...gramian };

type OfPair = (a: Layer, b: Layer, options?: object) => Promise<Cell>;

/** What each function is called with, and the metric that this is. */
const calls: readonly (readonly [name: keyof typeof gramian, options: object | undefined, metric: string])[] = [
  ["ka", undefined, "ka"],
  ["cka", undefined, "cka.biased"],
  ["cka", { estimator: "debiased", kernel: gramian.rbf() }, "cka.debiased@rbf:median"],
  ["da", undefined, "da"],
  ["da", { kernel: gramian.linear() }, "da@linear"],
  ["rsa", undefined, "rsa-pearson"],
  ["rsa", { comparison: "cosine", distance: "correlation" }, "rsa-cosine(distance=correlation)"],
  ["rsa", { comparison: "spearman", distance: "cosine" }, "rsa-spearman(distance=cosine)"],
  ["rsa", { comparison: "kendall" }, "rsa-kendall"],
  ["dcov2", undefined, "dcov2"],
  ["dcor2", { estimator: "debiased" }, "dcor2.debiased"],
  ["dcor", undefined, "dcor"],
  ["hsic", { estimator: "debiased" }, "hsic.debiased"],
  ["coco", undefined, "coco"],
  ["kcc", { kappa: 0.02, regularization: "bach-jordan" }, "kcc(kappa=0.02,regularization=bach-jordan)"],
  ["nocco", { kappa: 0.02 }, "nocco(kappa=0.02)"],
  ["kmi", { nu: 1e-3 }, "kmi(nu=0.001)"],
  ["kgv", undefined, "kgv"],
  ["mmd2", undefined, "mmd2"],
  ["mmd2", { variant: "unbiased", kernel: gramian.rbf({ bandwidth: 0.7 }) }, "mmd2.unbiased@rbf:0.7"],
  ["gaussianMi", { kappa: 0.1 }, "gaussian-mi(kappa=0.1)"],
  ["gaussianW2", undefined, "gaussian-w2"],
  ["w2Dependence", { variant: "printed" }, "w2-dependence.printed"],
  ["ccaRho", undefined, "cca-rho"],
  ["ccaRho2", undefined, "cca-rho2"],
  ["gcd", undefined, "gcd"],
  ["svcca", { share: 0.8 }, "svcca(share=0.8)"],
  ["pwcca", { direction: "backward" }, "pwcca.backward"],
  ["linearR2", undefined, "linear-r2.forward"],
  ["linearR2", { direction: "backward" }, "linear-r2.backward"],
  ["misalignment", undefined, "misalignment.forward"],
  ["misalignment", { direction: "backward", lambda: 0.1 }, "misalignment.backward(lambda=0.1)"],
  ["misalignment", { bias: false, lambda: 0.2, kernel: gramian.rbf() }, "misalignment(lambda=0.2)@rbf:median"],
  ["misalignment", { bias: true, lambda: 0.1 }, "affine-misalignment(lambda=0.1)"],
  ["procrustes", undefined, "procrustes"],
  ["nbs", undefined, "nbs"],
  ["shapeDistance", { alpha: 0.5 }, "shape(alpha=0.5)"],
  ["mutualKnn", { k: 3 }, "mutual-knn(k=3)"],
  ["jaccardKnn", { k: 3 }, "jaccard-knn(k=3)"],
  ["cycleKnn", { k: 3, direction: "backward" }, "cycle-knn.backward(k=3)"],
  ["lcsKnn", { k: 3 }, "lcs-knn(k=3)"],
  ["editKnn", { k: 3 }, "edit-knn(k=3)"],
  ["cknna", { k: 3, estimator: "debiased" }, "cknna.debiased(k=3)"],
];

describe("a function of one pair", () => {
  it.each(calls)("%s(%o) is %s in compare", async (name, options, metric) => {
    const found = await (exported[name] as OfPair)(a, b, options);
    const result = await compare([a], [b], { metrics: [metric] });
    // The same work on the same layers: the same bits.
    expect(found).toEqual(result.get(result.matrices[0]!.key, 0, 0));
    expect(found.status).toBe("ok");
    expect(await measure(metric, a, b)).toEqual(found);
  });

  it("there is one for every metric but platonic-rep's", () => {
    const called = new Set(calls.map(([, , metric]) => metric.replace(/[.(@].*$/, "")));
    const wanted = metrics.list().filter(({ family }) => family !== "platonic");
    expect([...called].toSorted()).toEqual(wanted.map(({ id }) => id).toSorted());
  });

  it.each([
    ["an option that does not exist", "kcc", { lambda: 1 }, /only the keys .* but received 'lambda'/],
    ["a parameter of another metric", "nbs", { kappa: 1 }, /only the keys .* but received 'kappa'/],
    ["a parameter out of range", "kcc", { kappa: -1 }, /above 0 for the parameters of kcc\.kappa/],
    ["an estimator that the metric has not", "dcor2", { estimator: "minibatch" }, /for the variant of dcor2/],
    ["a direction that is none", "linearR2", { direction: "up" }, /for the variant of linear-r2/],
    ["a bias that is none", "misalignment", { bias: 1 }, /true or false for bias/],
    ["a ridge below 0", "misalignment", { lambda: -1 }, /at least 0 for the parameters of misalignment\.lambda/],
    ["a comparison that is none", "rsa", { comparison: "tau" }, /for comparison/],
    ["options that are none", "kcc", null, /an object of options for options/],
    ["a kernel that is none", "mmd2", { kernel: "rbf" }, /for kernel/],
  ] as const)("%s is refused", async (_, name, options, message) => {
    await expect((exported[name] as OfPair)(a, b, options as unknown as object)).rejects.toThrow(message);
  });

  it("leaves an option that is undefined at its default", async () => {
    const left = await gramian.kcc(a, b, { kappa: undefined, regularization: undefined } as never);
    expect(left).toEqual(await gramian.kcc(a, b));
  });

  it("rejects with the signal's reason", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(gramian.nbs(a, b, { signal })).rejects.toThrow("enough");
    await expect(gramian.mmd2(a, b, { signal })).rejects.toThrow("enough");
  });
});
