import { describe, expect, it } from "vitest";

import { compare, metrics, Representation } from "../../lib/index.ts";
import type { Invariances } from "../../lib/metrics/metric.ts";
import { noise } from "../cli/write-activations.ts";

// More samples than both widths together: then no two column spaces meet by counting alone.
const samples = 40;
const features = 5;

type Rows = readonly (readonly number[])[];

function layer(seed: number): Rows {
  const random = noise(seed);
  const shared = noise(7);
  return Array.from({ length: samples }, () => {
    const common = [shared(), shared()];
    // Features of different size, with means of their own: what an invariance ignores has to be there. Small enough for KMI to exist.
    return Array.from({ length: features }, (_, k) => 0.1 * ((1 + k) * (random() + common[k % 2]!) + 0.7 * k + 0.4));
  });
}

const times = (rows: Rows, matrix: Rows): Rows =>
  rows.map((row) => matrix[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * matrix[k]![j]!, 0)));

/** Product of two Householder reflections: a rotation. */
function rotation(): Rows {
  const reflection = (seed: number): Rows => {
    const random = noise(seed);
    const v = Array.from({ length: features }, () => random());
    const norm2 = v.reduce((sum, x) => sum + x * x, 0);
    return v.map((x, i) => v.map((y, j) => (i === j ? 1 : 0) - (2 * x * y) / norm2));
  };
  return times(reflection(11), reflection(12));
}

/** Far from a rotation, and well conditioned. */
const linearMap: Rows = rotation().map((row, i) => row.map((value) => value * (1 + 0.8 * i)));

const order = Array.from({ length: samples }, (_, i) => (i * 17) % samples);

const transformations: Readonly<Record<keyof Invariances, (rows: Rows) => Rows>> = {
  translation: (rows) => rows.map((row) => row.map((value, k) => value + 0.3 - 0.1 * k)),
  scale: (rows) => rows.map((row) => row.map((value) => 3 * value)),
  rotation: (rows) => times(rows, rotation()),
  linear: (rows) => times(rows, linearMap),
  permutation: (rows) => order.map((i) => rows[i]!),
  duplication: (rows) => rows.map((row) => row.flatMap((value) => [value, value])),
};

const toLayer = (rows: Rows): Representation =>
  Representation.fromArray(Float64Array.from(rows.flat()), [samples, rows[0]!.length]);

const ids = metrics.list().map(({ id }) => id);

/** Every metric of a pair, by its id. */
async function valuesOf(a: Rows, b: Rows): Promise<Map<string, number>> {
  const result = await compare([toLayer(a)], [toLayer(b)], { metrics: ids });
  return new Map(result.matrices.map(({ metric, values }) => [metric, values[0]!]));
}

const [a, b] = [layer(1), layer(2)];
const plain = await valuesOf(a, b);

/**
 * Each layer is transformed by itself, so that nothing cancels and directed metrics are seen from both ends; but the samples of both are put
 * in order, and both get twins of their features where metrics ask for one width.
 */
const both: ReadonlySet<string> = new Set<keyof Invariances>(["permutation", "duplication"]);

describe.each(Object.entries(transformations))("%s", async (name, transform) => {
  const together = both.has(name);
  const first = await valuesOf(transform(a), together ? transform(b) : b);
  const second = together ? first : await valuesOf(a, transform(b));
  it.each(metrics.list().map((entry) => [entry.id, entry] as const))("%s", (id, entry) => {
    const before = plain.get(id)!;
    expect(before).not.toBeNaN();
    const changes = [first, second].map(
      (after) => Math.abs(after.get(id)! - before) / Math.max(1e-3, Math.abs(before)),
    );
    const change = Math.max(...changes);
    expect(change).not.toBeNaN();
    // Rounding of f64 work on 40 samples, through a root at worst, is below 1e-7; what does change, changes by a thousandth and more.
    const same = change < 1e-7;
    if (!same) expect(change).toBeGreaterThan(1e-3);
    expect({ same, change }).toEqual({ same: entry.invariances[name as keyof Invariances], change });
  });
});
