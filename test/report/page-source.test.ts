import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { expect, it } from "vitest";

const path = (relative: string): string => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

it("the page's script in the package is the one that lib/report/page says", () => {
  const made = execFileSync(process.execPath, [path("scripts/report-page.mjs"), "--print"], { encoding: "utf8" });
  // If this fails: node scripts/report-page.mjs
  expect(readFileSync(path("lib/report/page-source.ts"), "utf8")).toBe(made);
});

it("the page's script has the types of a browser", () => {
  const compiler = path("node_modules/typescript/bin/tsc");
  const output = execFileSync(process.execPath, [compiler, "-p", path("lib/report/page/tsconfig.json")], {
    encoding: "utf8",
  });
  expect(output).toBe("");
});
