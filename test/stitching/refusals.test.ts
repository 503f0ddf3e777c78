// What cannot be stitched, and how it is said.
import { describe, expect, test } from "vitest";

import { GramMatrix } from "../../lib/gram-matrix.ts";
import { fitStitchers } from "../../lib/stitching/fit-stitchers.ts";
import { parseStitcher, stitcherForms } from "../../lib/stitching/parse.ts";
import { stitchers } from "../../lib/stitching/stitchers.ts";
import type { FitOptions } from "../../lib/stitching/stitcher.ts";
import type { Progress } from "../../lib/progress.ts";
import { map } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";
import { layerOf } from "./layer.ts";

const x = layerOf(gaussian(12, 3, 1));
const y = layerOf(gaussian(12, 2, 2));
const loose = stitchers as unknown as Record<string, (options?: unknown) => unknown>;

describe("options", () => {
  test.each([
    ["ridge", { lambda: -1 }, "at least 0 for lambda but received -1 of type number"],
    ["ridge", { lambda: Number.NaN }, "lambda but received NaN"],
    ["ridge", { lambda: "cv" }, '"loo" or "gcv" for lambda'],
    ["ridge", { lambda: 1, lambdas: [1, 2] }, "no path beside a λ that is given"],
    ["ridge", { lambdas: [] }, "non-empty array"],
    ["ridge", { lambdas: [1, 0] }, "above 0 for lambdas[1] but received 0"],
    ["ridge", { bias: 1 }, "true or false for bias"],
    ["ridge", { lamda: 1 }, "only the keys lambda, lambdas, bias"],
    ["kernelRidge", { lambda: 0 }, "above 0 for lambda but received 0"],
    ["kernelRidge", { kernel: "rbf" }, "a kernel"],
    ["lowRank", undefined, "an integer from 1"],
    ["lowRank", { rank: 0 }, "an integer from 1"],
    ["lowRank", { rank: 1.5 }, "an integer from 1"],
    ["orthogonal", { scale: "yes" }, "true or false for scale"],
    ["permutation", { scale: true }, "only the keys bias"],
  ])("%s(%o)", (maker, options, message) => {
    expect(() => loose[maker]!(options)).toThrow(
      expect.objectContaining({
        code: "INVALID_ARGUMENT",
        message: expect.stringContaining(message) as string,
      }) as Error,
    );
  });
});

describe("layers", () => {
  const gram = GramMatrix.fromArray(new Float64Array(144).fill(1), 12);
  test.each([
    ["a Gram matrix", gram, y, {}, "INVALID_ARGUMENT", "A Gram matrix has no features to stitch"],
    ["an array", x, [1, 2], {}, "INVALID_ARGUMENT", "a Representation for targets[0]"],
    ["other samples", x, layerOf(gaussian(11, 2, 1)), {}, "SHAPE_MISMATCH", "the same samples"],
    ["a row that is not there", x, y, { rows: [12] }, "INVALID_ARGUMENT", "options.rows[0]"],
    ["no row", x, y, { rows: [] }, "INVALID_ARGUMENT", "at least one row number"],
    ["an unknown option", x, y, { row: [1] }, "INVALID_ARGUMENT", "only the keys"],
    ["no thread", x, y, { threads: 0 }, "INVALID_ARGUMENT", "threads"],
  ])("%s", async (_, source, target, options, code, message) => {
    for (const method of [stitchers.affine(), stitchers.permutation(), stitchers.kernelRidge()]) {
      await expect(method.fit(source as never, target as never, options as FitOptions)).rejects.toMatchObject({
        code,
        message: expect.stringContaining(message) as string,
      });
    }
  });

  test("another width, or other samples, afterwards", async () => {
    const stitcher = await stitchers.affine().fit(x, y);
    await expect(stitcher.apply(y)).rejects.toMatchObject({
      code: "SHAPE_MISMATCH",
      details: { expected: 3, received: 2 },
      message: expect.stringContaining("Expected 3 features") as string,
    });
    await expect(stitcher.error(x, x)).rejects.toMatchObject({ code: "SHAPE_MISMATCH", details: { expected: 2 } });
    await expect(stitcher.error(x, layerOf(gaussian(11, 2, 1)))).rejects.toMatchObject({ code: "SHAPE_MISMATCH" });
    await expect(stitcher.apply(x, { rows: [1] } as never)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  });

  test("one sample: a constant fits it, and there is none to leave out", async () => {
    const [a, b] = [x.rows([4]), y.rows([4])];
    const affine = await stitchers.affine().fit(a, b);
    expect(affine.fitted.error).toBe(0);
    expect(affine.map()).toEqual({ weights: new Float64Array(6), bias: b.toFloat64Array() });
    // Rounding of one product.
    expect((await stitchers.linear().fit(a, b)).fitted.error).toBeLessThan(1e-30);
    for (const method of [stitchers.orthogonal(), stitchers.permutation(), stitchers.ridge({ lambda: 1 })]) {
      expect((await method.fit(a, b)).fitted.samples).toBe(1);
    }
    await expect(stitchers.ridge().fit(a, b)).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      message: "No stitcher ridge(lambda=loo): λ is chosen by leaving samples out (loo), and there is only one.",
    });
  });

  test("in a table a pair without a stitcher says why, and the others are there", async () => {
    const huge = layerOf(map(gaussian(12, 3, 1), (value) => value * 1e200));
    for (const method of [stitchers.affine(), stitchers.permutation()]) {
      const table = await fitStitchers([x, huge], [huge, y], method);
      const reasons = table.map((row) => row.map((cell) => ("reason" in cell ? "reason" : cell.kind)));
      expect(reasons).toEqual([
        ["reason", method.kind],
        ["reason", "reason"],
      ]);
    }
  });

  test("a method that is none, no source", async () => {
    await expect(fitStitchers([x], [y], "affine" as never)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    await expect(fitStitchers([], [y], stitchers.affine())).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    await expect(fitStitchers([x], {} as never, stitchers.affine())).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
  });
});

describe("abort and progress", () => {
  const big = layerOf(gaussian(600, 300, 3), "f32");
  const methods = [
    stitchers.affine(),
    stitchers.ridge(),
    stitchers.lowRank({ rank: 5 }),
    stitchers.orthogonal(),
    stitchers.permutation(),
    stitchers.kernelRidge(),
  ];

  test.each(methods)("$name: aborted before and during", async (method) => {
    const reason = new Error("enough");
    await expect(method.fit(big, big, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const fit = method.fit(big, big, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 3);
    await expect(fit).rejects.toBe(reason);
  });

  test("progress rises to its end in each phase, and what it throws is what the fit rejects with", async () => {
    const seen: Progress[] = [];
    await fitStitchers([big, x.rows(Array.from({ length: 600 }, (_, i) => i % 12))], [big], stitchers.affine(), {
      threads: 1,
      onProgress: (progress) => seen.push(progress),
    });
    for (const phase of ["factors", "stitchers"]) {
      const shares = seen.filter((progress) => progress.phase === phase).map(({ done, total }) => done / total);
      expect(shares.at(-1)).toBe(1);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    }
    const thrown = new Error("no more");
    const fit = stitchers.affine().fit(big, big, {
      onProgress: () => {
        throw thrown;
      },
    });
    await expect(fit).rejects.toBe(thrown);
  });
});

describe("parseStitcher", () => {
  test.each(stitcherForms)("%s", (form) => {
    const method = parseStitcher(form);
    expect(parseStitcher(method.name)).toMatchObject({ kind: method.kind, name: method.name });
  });

  test.each([
    ["ridge", "ridge(lambda=loo)"],
    ["  ridge( lambda = 1e-3 ,bias=false ) ", "ridge(lambda=0.001, bias=false)"],
    ["ridge(lambda=gcv,lambdas=1/0.1)", "ridge(lambda=gcv, lambdas=0.1/1)"],
    ["kernel-ridge(kernel=poly(3,gamma=0.1), lambda=0.5)", "kernel-ridge(kernel=poly3(γ=0.1,c=1), lambda=0.5)"],
    ["kernel-ridge(kernel=laplacian:0.5m)", "kernel-ridge(kernel=laplacian(0.5×median), lambda=loo)"],
    ["low-rank(rank=8,bias=true)", "low-rank(rank=8)"],
  ])("%s is %s, and is read back", (text, name) => {
    expect(parseStitcher(text).name).toBe(name);
    expect(parseStitcher(name).name).toBe(name);
  });

  test.each([
    "",
    "ridge)",
    "ridge(lambda)",
    "ridge(lambda=)",
    "ridge(lambda=0.1",
    "ridge(lambda=1,lambda=2)",
    "ridge(rank=2)",
    "ridge(lambda=-1)",
    "ridge(lambdas=1/x)",
    "low-rank",
    "low-rank(rank=0)",
    "lasso",
    "constructor",
    "orthogonal(scale=1)",
    "kernel-ridge(kernel=sigmoid)",
    "kernel-ridge(lambda=0)",
  ])("%o is refused, and the forms are listed", (text) => {
    expect(() => parseStitcher(text)).toThrow(
      expect.objectContaining({
        code: "INVALID_ARGUMENT",
        message: expect.stringContaining("kernel-ridge(kernel=rbf:0.5m, lambda=loo)") as string,
      }) as Error,
    );
  });

  test("what is no text", () => {
    expect(() => parseStitcher(7 as never)).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }) as Error);
  });
});
