import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { runGramian } from "./run-gramian.ts";
import { activations, writeSafetensors } from "./write-activations.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gramian-inspect-"));
  const bad = activations(6, 3, 1);
  bad.data[7] = Infinity;
  bad.data[16] = NaN;
  const plain = new Float64Array([3, 1, 3, -1, 3, 0, 3, 0]);
  writeSafetensors(join(folder, "mixed.safetensors"), {
    bad,
    plain: { shape: [4, 2], data: plain },
    labels: { shape: [4], data: new BigInt64Array(4) },
  });
  writeFileSync(join(folder, "broken.safetensors"), Buffer.from([9, 0, 0, 0, 0, 0, 0, 0, 0x7b]));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it("says what is in a file, and why a tensor cannot be compared; the code stays 0", async () => {
  const { code, stdout, stderr } = await runGramian(["inspect", "mixed.safetensors"], { cwd: folder });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/bad +6×3 +f32 +2 .*not finite \(the first at row 2, column 1\)/);
  expect(stdout).toMatch(/plain +4×2 +f64 +0 +1 +0 /);
  expect(stdout).toMatch(/labels +4 +I64 .*no floating-point type/);
});

it("--json has the same for programs", async () => {
  const { stdout } = await runGramian(["inspect", "mixed.safetensors", "--json"], { cwd: folder });
  const { files } = JSON.parse(stdout) as { files: { tensors: { name: string; rms: number; centredRms: number }[] }[] };
  const plain = files[0]?.tensors.find(({ name }) => name === "plain");
  // Entries 3, 1, 3, −1, 3, 0, 3, 0: 38/8 in the mean of squares, 2/8 once the column means 3 and 0 are off.
  expect(plain?.rms).toBeCloseTo(Math.sqrt(38 / 8), 14);
  expect(plain?.centredRms).toBeCloseTo(Math.sqrt(2 / 8), 14);
});

it("a broken file is told, the others are listed all the same, and the code is 3", async () => {
  const { code, stdout, stderr } = await runGramian(["inspect", "broken.safetensors", "mixed.safetensors"], {
    cwd: folder,
  });
  expect(code).toBe(3);
  expect(stdout).toContain("plain");
  expect(stderr).toMatch(/error\[CORRUPT_FILE\]:.*broken\.safetensors/);
});
