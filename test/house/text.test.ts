import { expect, test } from "vitest";

import { documents, filesUnder, read } from "./files.ts";

const texts = [
  ...["lib", "native", "test", "bench", "scripts", ".ci"].flatMap(filesUnder),
  ...filesUnder("examples").filter((path) => /\.(md|ts|mjs|js)$/.test(path)),
  ...documents(),
  ...["package.json", "package-lock.json", "binding.gyp", "CMakeLists.txt"].flatMap(filesUnder),
].filter((path) => /\.(ts|mjs|js|json|cpp|h|md|gyp|txt|sh|py)$|\.ci\/run$/.test(path));

/** Lines that match, as `file:line: text`. Patterns are spelled with a class ([w]ork) so that this file does not match them. */
function linesWith(pattern: RegExp, paths = texts): string[] {
  return paths.flatMap((path) =>
    read(path)
      .split("\n")
      .map((line, index) => (pattern.test(line) ? `${path}:${index + 1}: ${line.trim().slice(0, 120)}` : ""))
      .filter((line) => line !== ""),
  );
}

test("nothing names a path of the machine it was written on", () => {
  expect(linesWith(/(^|[\s"'`(=:])\/[w]ork\/|bash_[j]obs|\/[h]ome\/\w|C:\\[U]sers|\/[f]arm\//)).toEqual([]);
});

test("nothing reaches outside the repository or names a paper that is not in it", () => {
  expect(
    linesWith(
      /\b[t]heory\.md|\b[d]esign\.md|\b[p]eers\.md|\b[e]ngine\.md|\b[b]uild\.md|\b[e]cosystem\.md|\.\.\/[s]hared/,
    ),
  ).toEqual([]);
});

test("nothing is left for later", () => {
  const found = linesWith(/\b([T]ODO|[F]IXME|[X]XX|[H]ACK)\b|[n]ot implemented/);
  // A package's integrity hash may spell anything.
  expect(found.filter((line) => !line.startsWith("package-lock.json"))).toEqual([]);
});

test("no check is switched off in the sources", () => {
  expect(linesWith(/[e]slint-disable|[o]xlint-disable|@[t]s-(ignore|expect-error|nocheck)|[p]rettier-ignore/)).toEqual(
    [],
  );
});

test("no test is skipped, singled out or retried", () => {
  const marks = /\b(it|test|describe)\.([s]kip|[o]nly|[t]odo|[f]ails)|\bretry: *[1-9]/;
  expect(linesWith(marks, filesUnder("test"))).toEqual([]);
});

test("the lock file names no registry", () => {
  expect(linesWith(/"resolved": "(?!https:\/\/registry\.npmjs\.org\/)/, ["package-lock.json"])).toEqual([]);
});
