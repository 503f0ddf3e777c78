import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Compiles a C++ contender against the system's OpenBLAS and returns its path. */
export function buildContender(name) {
  const source = fileURLToPath(new URL(`../contenders/${name}.cpp`, import.meta.url));
  const folder = fileURLToPath(new URL("../../build/bench/", import.meta.url));
  mkdirSync(folder, { recursive: true });
  const target = `${folder}${name}`;
  const flags = execFileSync("pkg-config", ["--cflags", "--libs", "openblas"], { encoding: "utf8" })
    .trim()
    .split(/\s+/);
  execFileSync("c++", ["-O2", "-std=c++17", source, "-o", target, ...flags, "-lpthread"]);
  return target;
}
