import { expect, test } from "vitest";

import { filesUnder, read } from "./files.ts";

const sources = ["lib", "native", "test", "bench", "scripts"]
  .flatMap(filesUnder)
  .filter((path) => /\.(ts|mjs|js|cpp|h)$/.test(path));

test("no source file is longer than 400 lines", () => {
  const long = sources.filter((path) => read(path).split("\n").length > 401);
  expect(long).toEqual([]);
});

test("half of the sources of lib and native have at most 80 lines", () => {
  const lengths = sources
    .filter((path) => /^(lib|native)\//.test(path))
    .map((path) => read(path).split("\n").length)
    .toSorted((a, b) => a - b);
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(80);
});

test("no file or folder is named after nothing in particular", () => {
  expect(sources.filter((path) => /(^|[/_-])(utils?|helpers?|misc|common)([/._-])/i.test(path))).toEqual([]);
});
