import { expect, test } from "vitest";

import { compareVersions } from "../../scripts/setup/node.mjs";
import { installHelp } from "../../scripts/setup/system.mjs";
import { replaceBlock } from "../../scripts/docs/map.mjs";
import { countReport } from "../../scripts/testing/vitest.mjs";
import { read } from "./files.ts";

test("no package script runs at install, and npm may not infer one", () => {
  const { scripts, gypfile } = JSON.parse(read("package.json")) as {
    scripts: Record<string, string>;
    gypfile: boolean;
  };
  expect(Object.keys(scripts).filter((name) => /^(pre|post)?(install|prepare)|dependencies$/.test(name))).toEqual([]);
  expect(gypfile).toBe(false);
});

test("versions compare by number", () => {
  expect(compareVersions("20.9.0", "20.19")).toBeLessThan(0);
  expect(compareVersions("20.19.0", "20.19")).toBe(0);
  expect(compareVersions("22.1.0", "20.19")).toBeGreaterThan(0);
});

test("a missing system package is explained for every platform", () => {
  const help = installHelp({ apt: "libx-dev", dnf: "x-devel", apk: "x-dev", brew: "x", windows: "vcpkg install x" });
  expect(help.split("\n").map((line) => line.trim().split(/ {2,}/)[0])).toEqual([
    "Debian, Ubuntu",
    "Fedora",
    "Alpine",
    "macOS",
    "Windows",
  ]);
  expect(help).toContain("apt-get install libx-dev");
});

test("counts: a file that did not load is a failure, a skipped test is neither", () => {
  const report = {
    testResults: [
      { name: "a", status: "passed", assertionResults: [{ status: "passed", fullName: "one" }] },
      { name: "b", status: "failed", assertionResults: [] },
      { name: "c", status: "passed", assertionResults: [{ status: "skipped", fullName: "two" }] },
      {
        name: "d",
        status: "failed",
        assertionResults: [
          { status: "failed", fullName: "three" },
          { status: "passed", fullName: "four" },
        ],
      },
    ],
  };
  expect(countReport(report)).toEqual({ passed: 2, failed: 2, skipped: ["c: two (skipped)"] });
});

test("a marked block is replaced and nothing else", () => {
  expect(replaceBlock("a <!-- m --> old <!-- /m --> b", "m", "new")).toBe("a <!-- m -->\n\nnew\n\n<!-- /m --> b");
  expect(() => replaceBlock("a", "m", "new")).toThrow("<!-- m -->");
});
