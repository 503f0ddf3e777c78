import { dirname, join } from "node:path";

import ts from "typescript";
import { expect, test } from "vitest";

import { filesUnder, read } from "./files.ts";

/**
 * The rooms of lib/, from the ground up. A room may import from rooms of a lower floor and from itself; rooms on the same floor do not
 * know each other.
 */
const floors = [
  // What everybody may use, and shapes of data without behaviour.
  ["errors", "dtype", "breath", "random", "progress", "stopwatch", "operator-table", "neighbour-lists", "layer-pairs"],
  ["check", "half"],
  ["native"],
  // Files, kernels, and sums read off what native code found.
  ["job", "io", "kernels", "table"],
  ["matrix", "plan", "phase-job"],
  ["work-options"],
  // Layers, and what a result looks like.
  ["representation", "gram-matrix", "result"],
  // What metrics declare and compute; they know tables and kernels, and nothing of layers.
  ["task-result", "stitching-result"],
  ["layer", "metrics", "constant-row", "median", "report"],
  ["layer-factor", "layer-summary", "readings", "reader", "comparison", "compare-options", "catalogue", "warnings"],
  // What a metric asks for, made of a layer.
  ["operators", "evaluate", "report-environment"],
  ["operator-set", "share-sources", "shared-products", "factors", "ranks", "cells"],
  // The stages: each runs one kind of native job for all readings.
  ["engine", "neighbours", "spectra", "resampling"],
  ["tables", "plan-for"],
  ["pooled", "permutation-tests"],
  ["sample-intervals"],
  ["compare"],
  ["functions"],
  ["spectral"],
  ["task"],
  // Heads, stitchers (some are fitted with a head in view), and what bounds say of both.
  ["heads"],
  ["stitching"],
  ["bounds"],
  ["index"],
  ["cli"],
];

/** Files at the top of lib/ that belong to a room of another name. */
const annexes: Readonly<Record<string, string>> = {
  "addon-candidates": "native",
  "load-native": "native",
  "native-error": "native",
  "native-network": "native",
  "native-stitching": "native",
};

/** Rooms that may use less than what stands below them. */
const only: Readonly<Record<string, readonly string[]>> = {
  // Files know bytes and shapes, nothing of what is computed from them.
  io: ["errors", "dtype", "check", "native", "job"],
  // A report is drawn from plain results, so that it can be drawn again from results.json.
  report: ["errors", "dtype", "check", "result", "task-result", "stitching-result", "plan", "kernels"],
};

function room(path: string): string {
  const name = (path.split("/")[1] ?? "").replace(/\.ts$/, "");
  return annexes[name] ?? name;
}
const floor = (name: string) => floors.findIndex((rooms) => rooms.includes(name));
const files = filesUnder("lib").filter((path) => path.endsWith(".ts"));

/** Relative imports of a file, type-only ones among them. */
function imports(path: string): string[] {
  return ts
    .preProcessFile(read(path), true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith("."))
    .map((name) => join(dirname(path), name).replaceAll("\\", "/"));
}

test("every file of lib is in a room with a floor", () => {
  expect(files.filter((path) => floor(room(path)) < 0)).toEqual([]);
});

test("rooms import from below only", () => {
  const wrong = files.flatMap((path) => {
    const from = room(path);
    return imports(path)
      .filter((target) => target.startsWith("lib/"))
      .filter((target) => room(target) !== from)
      .filter((target) => floor(room(target)) >= floor(from) || (only[from] && !only[from].includes(room(target))))
      .map((target) => `${path} → ${target}`);
  });
  expect(wrong).toEqual([]);
});

test("nothing in lib imports from outside lib by a path", () => {
  const outside = files.flatMap((path) =>
    imports(path)
      .filter((target) => !target.startsWith("lib/"))
      .map((target) => `${path} → ${target}`),
  );
  expect(outside).toEqual([]);
});

test("only bindings and boundary know Node-API; the core includes neither", () => {
  const core = filesUnder("native/core");
  expect(core.length).toBeGreaterThan(0);
  expect(
    core.filter((path) => /#include\s+[<"]([^>"]*\/)?(napi|node_api|node|uv|v8)[^>"]*[>"]/.test(read(path))),
  ).toEqual([]);
  expect(core.filter((path) => /#include\s+"[^"]*(boundary|bindings)\//.test(read(path)))).toEqual([]);
});
