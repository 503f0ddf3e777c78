import { describe, expect, it } from "vitest";

import { cosine, linear, rbf } from "../../lib/index.ts";
import { allMetrics } from "../../lib/metrics/index.ts";
import { metricNames, nameOf, parseMetric } from "../../lib/metrics/request.ts";

describe("a request for a metric", () => {
  it.each([
    ["cka", "cka.biased"],
    ["cka.debiased", "cka.debiased"],
    [" ka ", "ka"],
    ["kcc(kappa=0.01)", "kcc(kappa=0.01)"],
    ["kcc(regularization=bach-jordan, kappa=1e-2)", "kcc(kappa=0.01,regularization=bach-jordan)"],
    ["mutual-knn(k=5)", "mutual-knn(k=5)"],
    ["cknna.debiased(k=5)", "cknna.debiased(k=5)"],
    ["linear-r2", "linear-r2.forward"],
    ["kmi(nu=0.5)", "kmi(nu=0.5)"],
    ["kmi(nu=1/n)", "kmi"],
    // Defaults say nothing, so they are left out.
    ["kcc(kappa=0.001)", "kcc"],
    ["mutual-knn(k=10)", "mutual-knn"],
    ["rsa-pearson(distance=euclidean)", "rsa-pearson"],
    ["svcca()", "svcca"],
  ])("%j is %s", (request, name) => {
    expect(nameOf(parseMetric(request))).toBe(name);
  });

  it("as an object is the same as by its name", () => {
    const object = { id: "kcc", parameters: { kappa: 0.01, regularization: "bach-jordan" } };
    expect(parseMetric(object)).toEqual(parseMetric("kcc(kappa=0.01,regularization=bach-jordan)"));
    expect(parseMetric({ id: "cka", variant: "debiased" })).toEqual(parseMetric("cka.debiased"));
  });

  it("reads back from its own name, for every metric, variant and a changed parameter", () => {
    for (const name of metricNames()) {
      const chosen = parseMetric(name);
      expect(parseMetric(nameOf(chosen))).toEqual(chosen);
    }
    const chosen = parseMetric("cknna.debiased(k=7)");
    expect(parseMetric(nameOf(chosen))).toEqual(chosen);
  });

  it("takes the fallback variant where it has it and none was named", () => {
    const named = (request: string, fallback: string): string => nameOf(parseMetric(request, fallback));
    expect(named("cka", "debiased")).toBe("cka.debiased");
    expect(named("cka.minibatch", "debiased")).toBe("cka.minibatch");
    expect(named("dcor2", "minibatch")).toBe("dcor2.biased");
    expect(named("ka", "debiased")).toBe("ka");
  });

  it("may name kernels of its own", () => {
    expect(parseMetric("cka").kernels).toBeNull();
    expect(parseMetric("cka@linear").kernels).toEqual([linear()]);
    expect(parseMetric("kcc(kappa=0.5)@rbf:median*0.5").kernels).toEqual([rbf({ medianScale: 0.5 })]);
    expect(parseMetric({ id: "da", kernel: [cosine(), linear()] }).kernels).toEqual([cosine(), linear()]);
  });

  it.each([
    ["an unknown metric", "ckaa", /^Expected one of cka, ka, .* for metric but received 'ckaa' of type string\.$/],
    ["a variant of a metric that has none", "ka.debiased", /ka, which has no variants/],
    ["an unknown variant", "cka.unbiased", /one of "biased", "debiased", "minibatch" for the variant of cka/],
    ["an unknown parameter", "kcc(lambda=1)", /parameters among kappa, regularization/],
    ["a parameter of a metric that has none", "cka(k=3)", /no parameters/],
    ["a parameter without a value", "kcc(kappa)", /parameters as name=value/],
    ["a value that is no number", "kcc(kappa=small)", /a finite number above 0 for the parameters of kcc\.kappa/],
    ["a value out of range", "kcc(kappa=0)", /a finite number above 0/],
    ["half a neighbour", "mutual-knn(k=2.5)", /an integer of at least 1 for the parameters of mutual-knn\.k/],
    ["an empty value", "mutual-knn(k=)", /an integer/],
    ["an unknown word", "rsa-cosine(distance=manhattan)", /one of "euclidean", "squared-euclidean"/],
    ["a bracket that is not closed", "kcc(kappa=1", /a metric such as cka/],
    ["nothing", "", /a metric such as cka/],
    ["a kernel for a metric of the features", "nbs@rbf", /no kernel, for nbs is a metric of the features/],
    ["an unknown key", { id: "cka", estimator: "debiased" } as never, /only the keys id, variant, parameters, kernel/],
    ["a number", 7 as never, /an object of options/],
  ])("%s is refused", (_, request, message) => {
    expect(() => parseMetric(request)).toThrow(message);
    expect(() => parseMetric(request)).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
  });

  it("the names for completions are all metrics and variants", () => {
    const variants = allMetrics.reduce((sum, metric) => sum + metric.variants.length, 0);
    expect(metricNames().length).toBe(allMetrics.length + variants);
  });
});
