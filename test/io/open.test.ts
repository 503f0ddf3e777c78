import { execFileSync } from "node:child_process";
import { copyFile, mkdir, readdir, readlink, truncate, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { ArgumentError } from "../../lib/errors.ts";
import { openTensorFile } from "../../lib/io/open.ts";
import { expectFileError, expectRefused, rejection } from "./support/expect-file-error.ts";
import { npyBytes, npyHeader } from "./support/npy-bytes.ts";
import { openBytes } from "./support/open-bytes.ts";
import { safetensorsBytes } from "./support/safetensors-bytes.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";
import { zipBytes } from "./support/zip-bytes.ts";

const temporary = temporaryFolder();

const npy = npyBytes(npyHeader("<f4", "(2, 1)"), Buffer.from(new Float32Array([1, 2]).buffer));
const safetensors = safetensorsBytes(
  { __metadata__: { a: "b" }, "x.y": { dtype: "F32", shape: [2, 1], data_offsets: [0, 8] } },
  Buffer.from(new Float32Array([1, 2]).buffer),
);
const whole: [string, Buffer][] = [
  ["npy", npy],
  ["npz, stored", zipBytes([{ name: "x.npy", data: npy }])],
  ["npz, compressed", zipBytes([{ name: "x.npy", data: npy, deflate: true }])],
  ["npz, ZIP64", zipBytes([{ name: "x.npy", data: npy, deflate: true, zip64: true }], { zip64: true })],
  ["safetensors", safetensors],
];

describe("the format of a file", () => {
  it.each([
    ["npy", npy],
    ["npz", zipBytes([{ name: "x.npy", data: npy }])],
    ["safetensors", safetensors],
  ])("%s is told by its first bytes, whatever the file is called", async (format, bytes) => {
    for (const path of ["a.npy", "a.npz", "a.safetensors", "a.pt", "a"]) {
      expect((await openBytes(bytes, path)).format).toBe(format);
    }
  });

  it("is .safetensors for every length of header that could be taken for something else", async () => {
    // 640 and 31 + 139 * 256 begin like a pickle and like gzip.
    for (const length of [0x0280, 0x8b1f]) {
      const header = `{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}`.padEnd(length);
      expect((await openBytes(safetensorsBytes(header))).tensors).toHaveLength(1);
    }
  });

  it("of pickles is refused with the lines that convert them", async () => {
    const legacy = Buffer.from("80028a0a6cfc9c46f9206aa850192e", "hex");
    const protocol4 = Buffer.from("8004957b00000000000000", "hex");
    for (const bytes of [legacy, protocol4]) {
      const error = await expectRefused(bytes, { code: "UNSUPPORTED_FORMAT", says: "Python pickle" }, "runs/layers.pt");
      expect(error.message).toContain("t = torch.load('layers.pt', weights_only=True)");
      expect(error.message).toContain("safetensors.torch.save_file({'feats': t['feats']}, 'layers.safetensors')");
    }
    await expectRefused(
      Buffer.from("(lp0\nI1\naI2\na."),
      { code: "UNSUPPORTED_FORMAT", says: "pickle" },
      "protocol0.pkl",
    );
    await expectRefused(legacy, { code: "UNSUPPORTED_FORMAT", says: "pickle" }, "a.safetensors");
  });

  it.each([
    ["HDF5", Buffer.from("\x89HDF\r\n\x1a\n00000000", "latin1"), /HDF5.*h5py/],
    ["Parquet", Buffer.from("PAR1000000000000"), /Parquet.*pyarrow/],
    ["Arrow", Buffer.from("ARROW1..00000000"), /Arrow.*pyarrow/],
    ["MATLAB", Buffer.from("MATLAB 5.0 MAT-file, Platform"), /MATLAB.*scipy/],
    ["GGUF", Buffer.from("GGUF000000000000"), /GGUF/],
    ["gzip", Buffer.from("1f8b0800000000000000", "hex"), /gzip -d/],
    ["tar", Buffer.concat([Buffer.alloc(257, "x"), Buffer.from("ustar\0")]), /tar -xf/],
    ["a text", Buffer.from("layer,value\n1,2\n"), /first bytes \(6c 61 79/],
  ])("of %s is named, with the way to one that is read", async (_, bytes, says) => {
    await expectRefused(bytes, { code: "UNSUPPORTED_FORMAT", says });
    await expectRefused(bytes, { code: "UNSUPPORTED_FORMAT", says: /\.safetensors, \.npy and \.npz/ });
  });

  it("that the ending promises, and the bytes do not keep, is called damaged", async () => {
    await expectRefused(Buffer.from("<html>not found</html>"), { code: "CORRUPT_FILE", byte: 0 }, "a.safetensors");
  });
});

describe("a file cut at any byte", () => {
  it.each(whole)("is refused as corrupt: %s", async (_, bytes) => {
    for (let length = 0; length < bytes.length; length++) {
      const error = await expectRefused(bytes.subarray(0, length), { code: "CORRUPT_FILE" });
      expect(error.details.byte).toBeTypeOf("number");
    }
  });

  it("or that is one byte long, whichever, is a FileError", async () => {
    for (let byte = 0; byte < 256; byte++) {
      await expectRefused(Buffer.from([byte]), { code: "CORRUPT_FILE" });
    }
  });
});

describe("a file on disk", () => {
  it("is read from the disk, and reading it after it was closed is refused", async () => {
    const path = temporary("x.npy");
    await writeFile(path, npy);
    const file = await openTensorFile(path);
    expect(file.path).toBe(path);
    expect((await file.read("x")).data).toEqual(new Float32Array([1, 2]));
    await file.close();
    await file.close();
    await expectFileError(file.read("x"), path, { code: "FILE_ACCESS" });
  });

  it("that is cut while it is open is a corrupt one", async () => {
    const path = temporary("cut.npy");
    await writeFile(path, npy);
    const file = await openTensorFile(path);
    await truncate(path, npy.length - 3);
    await expectFileError(file.read("cut"), path, { code: "CORRUPT_FILE", tensor: "cut", byte: npy.length - 3 });
    await file.close();
  });

  it("that is missing or a folder carries the system's error as its cause", async () => {
    const missing = temporary("missing.npy");
    const error = await expectFileError(openTensorFile(missing), missing, {
      code: "FILE_ACCESS",
      says: "no such file",
    });
    expect(error.details.os).toBe("ENOENT");
    expect(error.cause).toMatchObject({ code: "ENOENT", syscall: "open" });

    const folder = temporary("folder.npz");
    await mkdir(folder);
    const refusal = await expectFileError(openTensorFile(folder), folder, { code: "FILE_ACCESS", says: /folder/ });
    expect(refusal.details.os).toBe("EISDIR");
    const below = temporary("x.npy/y.npy");
    await writeFile(temporary("x.npy"), npy);
    expect((await expectFileError(openTensorFile(below), below, { code: "FILE_ACCESS" })).details.os).toBe("ENOTDIR");
  });

  it.runIf(process.platform !== "win32")(
    "that is a named pipe is refused at once, without waiting for a writer",
    async () => {
      const pipe = temporary("pipe.npy");
      execFileSync("mkfifo", [pipe]);
      await expectFileError(openTensorFile(pipe), pipe, { code: "FILE_ACCESS", says: "not a regular file" });
    },
  );

  it("that is empty is corrupt", async () => {
    const path = temporary("empty.safetensors");
    await writeFile(path, "");
    await expectFileError(openTensorFile(path), path, { code: "CORRUPT_FILE", byte: 0, says: "empty" });
  });

  it("is not opened, or no longer, once the signal is aborted", async () => {
    const path = temporary("x.npy");
    await writeFile(path, npy);
    const signal = AbortSignal.abort("too late");
    expect(await rejection(openTensorFile(path, { signal }))).toBe("too late");
  });

  it.runIf(process.platform === "linux")("is closed again when it is refused", async () => {
    const path = temporary("refused.npy");
    await writeFile(path, npy.subarray(0, 20));
    await expectFileError(openTensorFile(path), path, { code: "CORRUPT_FILE" });
    const descriptors = await readdir("/proc/self/fd");
    const targets = await Promise.all(descriptors.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")));
    expect(targets).not.toContain(path);
  });

  it("needs a path", async () => {
    for (const path of ["", undefined, 7]) {
      expect(await rejection(openTensorFile(path as string))).toBeInstanceOf(ArgumentError);
    }
    const signal = {} as AbortSignal;
    expect(await rejection(openTensorFile("a", { signal }))).toBeInstanceOf(ArgumentError);
  });

  it("of the bundled example is read under another name and ending", async () => {
    const path = temporary("renamed.npz");
    await copyFile(fileURLToPath(new URL("../../examples/mnist/mlp-a.safetensors", import.meta.url)), path);
    const file = await openTensorFile(path);
    expect(file.format).toBe("safetensors");
    expect((await file.read("relu3")).shape).toEqual([1000, 64]);
    await file.close();
  });
});
