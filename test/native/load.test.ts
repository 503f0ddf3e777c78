import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";

import { SystemError } from "../../lib/errors.ts";
import { loadNative } from "../../lib/load-native.ts";
import { addonPath } from "../lifecycle/run-child.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gramian-load-"));
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

/** The error of loading `path`, or null when it loads. */
function failureOf(path: string): SystemError | null {
  vi.stubEnv("GRAMIAN_NATIVE", path);
  try {
    loadNative();
    return null;
  } catch (error) {
    if (error instanceof SystemError) return error;
    throw error;
  }
}

describe("loading the addon", () => {
  it("takes the file that GRAMIAN_NATIVE names, from wherever the process stands", () => {
    expect(failureOf(addonPath)).toBeNull();
    copyFileSync(addonPath, join(folder, "copy.node"));
    const script = `process.env.GRAMIAN_NATIVE = "copy.node";
      import(${JSON.stringify(new URL("../../dist/load-native.js", import.meta.url).href)})
        .then(({ loadNative }) => console.log(typeof loadNative().engineJob));`;
    expect(execFileSync(process.execPath, ["-e", script], { cwd: folder, encoding: "utf8" })).toBe("function\n");
  });

  it("a file that is not there: how to build it", () => {
    const path = join(folder, "nowhere.node");
    const error = failureOf(path);
    expect(error).toMatchObject({ code: "NATIVE_LOAD", name: "SystemError" });
    expect(error?.message).toContain(`${path}: no such file. Build it with \`npm run build:native\``);
  });

  it("a file that is no addon: build it again", () => {
    const path = join(folder, "text.node");
    writeFileSync(path, "this is not a shared object, though it is long enough to be looked at as one".repeat(10));
    expect(failureOf(path)?.message).toMatch(/text\.node: .+ It was built for another system; build it for this one/);
  });

  it("a file that Node could run or parse is not run, nor taken for the addon", () => {
    for (const [name, text] of [
      ["script.js", "globalThis.ran = true; module.exports = {};"],
      ["data.json", "{}"],
      ["no-ending", "globalThis.ran = true;"],
    ] as const) {
      writeFileSync(join(folder, name), text.padEnd(1000));
      expect(failureOf(join(folder, name))).toMatchObject({ code: "NATIVE_LOAD" });
    }
    expect("ran" in globalThis).toBe(false);
    expect(failureOf(folder)).toMatchObject({ code: "NATIVE_LOAD" });
  });

  it("another package's addon is not taken for it", () => {
    // It has Node's entry point, and exports what it is given: nothing.
    const path = join(folder, "other.node");
    writeFileSync(
      join(folder, "other.c"),
      "void *napi_register_module_v1(void *env, void *exports) { (void)env; return exports; }",
    );
    execFileSync("cc", ["-shared", "-fPIC", "other.c", "-o", path], { cwd: folder });
    expect(failureOf(path)?.message).toMatch(/other\.node: It is another package's addon\. Build it again/);
  });

  it("a build that was cut short: build it again", () => {
    const path = join(folder, "short.node");
    writeFileSync(path, "");
    expect(failureOf(path)?.message).toMatch(/short\.node: .+ The build is incomplete or too old; build it again/);
  });

  it("a missing OpenBLAS: how to install it on each system", () => {
    // An addon that needs a library of that name which no system has.
    writeFileSync(join(folder, "needs.c"), "int needed(void); int use(void) { return needed(); }");
    writeFileSync(join(folder, "library.c"), "int needed(void) { return 0; }");
    const library = join(folder, "libopenblas-not-here.so");
    const path = join(folder, "needs.node");
    execFileSync("cc", ["-shared", "-fPIC", "-Wl,-soname,libopenblas-not-here.so", "library.c", "-o", library], {
      cwd: folder,
    });
    execFileSync("cc", ["-shared", "-fPIC", "needs.c", library, "-o", path], { cwd: folder });
    rmSync(library);
    const error = failureOf(path);
    expect(error?.message).toMatch(/libopenblas-not-here\.so: cannot open shared object file/);
    for (const command of ["apt-get install", "dnf install", "apk add", "pacman -S", "brew install", "vcpkg install"]) {
      expect(error?.message).toContain(command);
    }
    expect(error?.cause).toBeInstanceOf(Error);
    expect(error?.details["tried"]).toHaveLength(1);
  });
});
