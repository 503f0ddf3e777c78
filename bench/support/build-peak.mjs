import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Compiles the gemm probe against the system's OpenBLAS and returns its path. */
export function buildPeak() {
  const source = fileURLToPath(new URL("../contenders/gemm-peak.cpp", import.meta.url));
  const folder = fileURLToPath(new URL("../../build/bench/", import.meta.url));
  mkdirSync(folder, { recursive: true });
  const target = `${folder}gemm-peak`;
  const flags = execFileSync("pkg-config", ["--cflags", "--libs", "openblas"], { encoding: "utf8" })
    .trim()
    .split(/\s+/);
  execFileSync("c++", ["-O2", "-std=c++17", source, "-o", target, ...flags, "-lpthread"]);
  return target;
}
