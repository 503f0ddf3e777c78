import { expect, test } from "vitest";

import { filesUnder, read } from "./files.ts";

const manifest: unknown = JSON.parse(read("native/manifest.json"));

/** Every string in a JSON value, wherever it stands. */
function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
}

const listed = strings(manifest).filter((text) => text.endsWith(".cpp"));
const present = filesUnder("native").filter((path) => path.endsWith(".cpp"));

test("the manifest lists every C++ source of native and no other, each once", () => {
  expect(listed.filter((path) => path.startsWith("native/")).toSorted()).toEqual(present);
});

test("neither build file names a source by itself", () => {
  for (const build of ["CMakeLists.txt", "binding.gyp"]) {
    expect(read(build).match(/native\/(?!manifest)[\w/]+\.cpp/g) ?? []).toEqual([]);
    expect(read(build)).toContain("manifest.json");
  }
});
