import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const cmakeJs = join(root, "build", "cmake", "Release", "gramian.node");
const nodeGyp = join(root, "build", "Release", "gramian.node");

const printed = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { cwd: root, encoding: "utf8" });

/** Names of the symbols that a library shows to others. */
const exported = (path: string): string[] =>
  printed("nm", "-D", "--defined-only", path)
    .trim()
    .split("\n")
    .map((line) => line.split(" ").at(-1) ?? "")
    .sort();

/** Entries of the dynamic section, without addresses and sizes. */
const dynamic = (path: string, tag: RegExp): string[] =>
  printed("readelf", "-d", "-W", path)
    .split("\n")
    .filter((line) => tag.test(line))
    .map((line) => line.replace(/^\s*0x[0-9a-f]+\s+/, "").replace(/\s+/g, " "))
    .sort();

/** The functions and tables of the core that a library holds, whoever may see them. */
const held = (path: string): string[] =>
  printed("nm", "-C", "--defined-only", path)
    .split("\n")
    .map((line) => line.replace(/^[0-9a-f]+ \w /, ""))
    .filter((name) => /^gramian::(makeEngine|medianDistances|findFacts|Pool::|Environment::|\w+Loops\()/.test(name))
    .map((name) => name.replace(/ \[clone .*/, ""))
    .sort();

interface Manifest {
  readonly core: readonly string[];
  readonly addon: readonly string[];
}

describe("the two builds", () => {
  beforeAll(() => {
    // Both at once quick when nothing has changed.
    printed(process.execPath, join("scripts", "build-native.mjs"));
    printed(process.execPath, join("scripts", "build-native.mjs"), "--gyp");
  }, 300_000);

  it("show nothing but Node's two entry points", () => {
    const entryPoints = ["napi_register_module_v1", "node_api_module_get_api_version_v1"];
    expect(exported(cmakeJs)).toEqual(entryPoints);
    expect(exported(nodeGyp)).toEqual(entryPoints);
  });

  it("need the same libraries", () => {
    const needed = dynamic(cmakeJs, /\(NEEDED\)/);
    expect(needed.join()).toMatch(/libopenblas/);
    // The linker leaves out what nothing refers to, so the sets differ when the sources or the flags do.
    expect(dynamic(nodeGyp, /\(NEEDED\)/)).toEqual(needed);
  });

  it("hold the same functions", () => {
    const functions = held(cmakeJs);
    expect(functions.length).toBeGreaterThan(10);
    expect(held(nodeGyp)).toEqual(functions);
  });

  it("are never unloaded, and carry no folder of the machine that built them", () => {
    for (const path of [cmakeJs, nodeGyp]) {
      expect(dynamic(path, /FLAGS_1/).join()).toContain("NODELETE");
      expect(dynamic(path, /RPATH|RUNPATH/)).toEqual([]);
    }
  });

  it("compute the same bits", () => {
    const script = fileURLToPath(new URL("../lifecycle/children/bits.mjs", import.meta.url));
    const bits = (path: string): string =>
      execFileSync(process.execPath, [script], { encoding: "utf8", env: { ...process.env, GRAMIAN_NATIVE: path } });
    const expected = bits(cmakeJs);
    expect(expected.length).toBeGreaterThan(1000);
    expect(bits(nodeGyp)).toBe(expected);
  });
});

describe("the list of sources", () => {
  it("names every source file of native/, once", () => {
    const manifest = JSON.parse(readFileSync(join(root, "native", "manifest.json"), "utf8")) as Manifest;
    const listed = [...manifest.core, ...manifest.addon];
    const there = readdirSync(join(root, "native"), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".cpp"))
      .map((path) => `native/${path.replaceAll("\\", "/")}`);
    expect([...listed].sort()).toEqual(there.sort());
    expect(new Set(listed).size).toBe(listed.length);
  });
});
