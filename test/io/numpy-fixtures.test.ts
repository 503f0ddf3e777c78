import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { numberOfF16 } from "../../lib/half.ts";
import { openTensorFile } from "../../lib/io/open.ts";
import type { TensorData } from "../../lib/io/tensor-file.ts";
import { expectFileError } from "./support/expect-file-error.ts";

function fixture(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
}

const values = JSON.parse(readFileSync(fixture("values.json"), "utf8")) as Record<
  string,
  { shape: number[]; values: number[] }
>;

function numbers({ data, dtype }: TensorData): number[] {
  return dtype === "f16" ? Array.from(data, numberOfF16) : Array.from(data);
}

describe("files that NumPy wrote", () => {
  it.each(Object.entries(values))("%s holds what NumPy put there", async (key, wanted) => {
    const [name = "", entry] = key.split("#");
    const file = await openTensorFile(fixture(name));
    const tensor = entry ?? name.replace(/\.npy$/, "");
    const info = file.tensors.find((one) => one.name === tensor);
    expect(info?.shape).toEqual(wanted.shape);
    const read = await file.read(tensor);
    await file.close();
    expect(read.shape).toEqual(wanted.shape);
    expect(read.dtype).toBe(info?.dtype);
    expect(numbers(read)).toEqual(wanted.values);
  });

  it("lists the arrays of an archive in the order in which they were saved, integers without a dtype", async () => {
    const file = await openTensorFile(fixture("stored.npz"));
    expect(file.format).toBe("npz");
    expect(file.tensors.map(({ name, dtype, fileDtype }) => [name, dtype, fileDtype])).toEqual([
      ["layer2/out", "f32", "<f4"],
      ["layer10/out", "f64", ">f8"],
      ["half", "f16", "<f2"],
      ["labels", null, "<i8"],
    ]);
    await expectFileError(file.read("labels"), fixture("stored.npz"), {
      code: "UNSUPPORTED_DTYPE",
      tensor: "labels",
      says: /<i8.*astype\(np\.float32\)/,
    });
    await file.close();
  });

  it("finds the first element of an array where byteOffset says it is", async () => {
    const file = await openTensorFile(fixture("stored.npz"));
    const { byteOffset, byteLength } = file.tensors[0] ?? { byteOffset: 0, byteLength: 0 };
    await file.close();
    const bytes = readFileSync(fixture("stored.npz")).subarray(byteOffset, byteOffset + byteLength);
    const wanted = values["stored.npz#layer2/out"]?.values ?? [];
    expect(wanted.map((_, k) => bytes.readFloatLE(4 * k))).toEqual(wanted);
  });

  it.each([
    ["int64", "<i8", "astype"],
    ["bool", "|b1", "astype"],
    ["complex", "<c16", "a.real"],
    ["text", "<U3", "Text"],
    ["raw", "|V2", "bfloat16"],
    ["object", "|O", "pickled"],
    ["records", "größe", "records"],
  ])("%s.npy is listed, and reading it says why not and what to do", async (name, fileDtype, advice) => {
    const path = fixture(`${name}.npy`);
    const file = await openTensorFile(path);
    expect(file.tensors[0]?.dtype).toBeNull();
    expect(file.tensors[0]?.fileDtype).toContain(fileDtype);
    const error = await expectFileError(file.read(name), path, {
      code: "UNSUPPORTED_DTYPE",
      tensor: name,
      says: advice,
    });
    await file.close();
    expect(error.message).toContain("Expected <f8, <f4, <f2, >f8, >f4 or >f2");
  });
});
