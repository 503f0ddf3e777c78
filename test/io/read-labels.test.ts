// Whole numbers of a file as labels: every type, both formats, and what is no list of labels.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { openTensorFile } from "../../lib/index.ts";
import { holdsLabels, readLabels } from "../../lib/io/read-labels.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gramian-labels-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function safetensors(dtype: string, shape: readonly number[], data: Uint8Array): string {
  const header = Buffer.from(JSON.stringify({ y: { dtype, shape, data_offsets: [0, data.length] } }));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(header.length));
  const path = join(folder, `${dtype}-${shape.join("x")}.safetensors`);
  writeFileSync(path, Buffer.concat([size, header, data]));
  return path;
}

const bytes = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

test.each([
  ["I64", BigInt64Array.of(3n, -1n, 0n)],
  ["I32", Int32Array.of(3, -1, 0)],
  ["I16", Int16Array.of(3, -1, 0)],
  ["I8", Int8Array.of(3, -1, 0)],
])("%s", async (dtype, data) => {
  const file = await openTensorFile(safetensors(dtype, [3], bytes(data)));
  expect(holdsLabels(file.tensors[0]!)).toBe(true);
  expect(await readLabels(file, file.tensors[0]!)).toEqual([3, -1, 0]);
  await file.close();
});

test.each([
  ["U64", BigUint64Array.of(9n, 200n)],
  ["U32", Uint32Array.of(9, 200)],
  ["U16", Uint16Array.of(9, 200)],
  ["U8", Uint8Array.of(9, 200)],
])("%s, as a column", async (dtype, data) => {
  const file = await openTensorFile(safetensors(dtype, [2, 1], bytes(data)));
  expect(await readLabels(file, file.tensors[0]!)).toEqual([9, 200]);
  await file.close();
});

test("NumPy's own file of int64, and what holds no labels", async () => {
  const file = await openTensorFile(new URL("fixtures/int64.npy", import.meta.url).pathname);
  const [info] = file.tensors;
  const flat = { ...info!, shape: [info!.shape.reduce((product, side) => product * side, 1)] };
  expect(holdsLabels(flat)).toBe(true);
  expect(await readLabels(file, flat)).toHaveLength(flat.shape[0]!);
  await file.close();
  expect(holdsLabels({ ...flat, shape: [3, 2] })).toBe(false);
  expect(holdsLabels({ ...flat, shape: [] })).toBe(false);
  expect(holdsLabels({ ...flat, fileDtype: ">i8" })).toBe(false);
  expect(holdsLabels({ ...flat, fileDtype: "C64" })).toBe(false);
  expect(holdsLabels({ ...flat, dtype: "f32", fileDtype: "F32" })).toBe(false);
});
