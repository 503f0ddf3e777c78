import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

import { expect, test } from "vitest";

import { describeFile, mappedFiles } from "../../scripts/docs/map.mjs";
import { documents, read, root } from "./files.ts";

/** Targets of links and pictures that are files: no addresses, no anchors. */
function relativeLinks(path: string): string[] {
  const text = read(path).replaceAll(/```[\s\S]*?```/g, "");
  return [...text.matchAll(/\]\(([^)\s]+)[^)]*\)|(?:src|href)="([^"]+)"/g)]
    .map((match) => match[1] ?? match[2] ?? "")
    .filter((target) => !/^([a-z]+:|#)/.test(target))
    .map((target) => target.replace(/#.*$/, ""));
}

test.each(documents())("the links of %s lead somewhere", (path) => {
  expect(relativeLinks(path).filter((target) => !existsSync(join(root, dirname(path), target)))).toEqual([]);
});

test("the documents that a reader expects are there", () => {
  const expected = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "examples/README.md"];
  expect(expected.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test("the map of ARCHITECTURE.md names every source file and no other (npm run map)", () => {
  const block = read("ARCHITECTURE.md").match(/<!-- map -->([\s\S]*)<!-- \/map -->/)?.[1] ?? "";
  let folder = "";
  const named = block.split("\n").flatMap((line) => {
    folder = line.match(/^### (.*)\/$/)?.[1] ?? folder;
    const name = line.match(/^- `([^`]+)`: \S/)?.[1];
    return name ? [`${folder}/${name}`] : [];
  });
  expect(named.toSorted()).toEqual(mappedFiles().toSorted());
});

test.each([
  ["a/main.ts", "#!/usr/bin/env node\n// Starts. Then more.\nimport x;", "Starts"],
  [
    "a/two.ts",
    "/** Not this. */\nconst a = 1;\n/** The pair, e.g. of i.i.d. draws. More. */\nexport function two() {}",
    "The pair, e.g. of i.i.d. draws",
  ],
  [
    "a/one.ts",
    "/** First. */\nexport interface Other {}\n\n/** Own {@link Other}. */\nexport function one() {}",
    "Own `Other`",
  ],
  ["a/index.ts", 'export { a } from "./a.ts";', "Exports only"],
  ["a/x.cpp", '#include "x.h"\n// inner\n', null],
])("the map takes its line for %s", (path, source, line) => {
  expect(describeFile(path, source)).toBe(line);
});
