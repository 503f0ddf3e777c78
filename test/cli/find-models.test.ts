import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findModels } from "../../lib/cli/inputs/find-models.ts";
import { splitPattern } from "../../lib/cli/inputs/split-pattern.ts";

let home = "";
const at = (name: string): string => path.join(home, name);

beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), "gramian-models-"));
  for (const name of [
    "a.safetensors",
    "b.npz",
    "odd#name.npz",
    "stack.npy",
    "acts/layer.10.npy",
    "acts/layer.2.npy",
    "acts/notes.txt",
    "late/deep/x.npy",
    "late/deep/y.npy",
    "one/model.safetensors",
    "two/model.safetensors",
    "empty/readme.md",
  ]) {
    mkdirSync(path.dirname(at(name)), { recursive: true });
    // Only names matter here: contents are looked at when the files are read.
    writeFileSync(at(name), "");
  }
});
afterAll(() => rmSync(home, { recursive: true }));

async function models(typed: string[], stacks = false): Promise<[string, string[]][]> {
  const found = await findModels(typed.map(at), stacks);
  return found.map((model) => [
    model.name,
    model.files.map((file) => `${path.relative(home, file.path)}${file.layers === null ? "" : `#${file.layers}`}`),
  ]);
}

describe("findModels", () => {
  test("a file of tensors is a model", async () => {
    expect(await models(["a.safetensors", "b.npz#conv*"])).toEqual([
      ["a.safetensors", ["a.safetensors"]],
      ["b.npz", ["b.npz#conv*"]],
    ]);
  });

  test(".npy files of one directory are one model, however they were named", async () => {
    const files = ["acts/layer.2.npy", "acts/layer.10.npy"];
    expect(await models(files)).toEqual([["acts", files]]);
    expect(await models(["acts/*.npy"])).toEqual([["acts", files]]);
    expect(await models(["acts"])).toEqual([["acts", files]]);
    expect(await models(["acts/*.npy", "late/**/*.npy"])).toEqual([
      ["acts", files],
      ["deep", ["late/deep/x.npy", "late/deep/y.npy"]],
    ]);
  });

  test("a stack is a model by itself", async () => {
    expect(await models(["acts/*.npy"], true)).toEqual([
      ["layer.2.npy", ["acts/layer.2.npy"]],
      ["layer.10.npy", ["acts/layer.10.npy"]],
    ]);
  });

  test("models of the same file name are told apart by their directories", async () => {
    const names = (await models(["one/model.safetensors", "two/model.safetensors"])).map(([name]) => name);
    expect(names).toEqual(["one/model.safetensors", "two/model.safetensors"]);
  });

  test("different layers of one file are different models", async () => {
    const names = (await models(["a.safetensors#early*", "a.safetensors#late*"])).map(([name]) => name);
    expect(names).toEqual(["a.safetensors#early*", "a.safetensors#late*"]);
  });

  test("a glob does not cross directories without **", async () => {
    await expect(findModels([at("late/*.npy")], false)).rejects.toMatchObject({ code: "FILE_ACCESS" });
  });

  test.each(["missing.npy", "missing/*.npy", "empty", "a.safetensors/deeper.npy"])("%s leads nowhere", async (name) => {
    await expect(findModels([at(name)], false)).rejects.toMatchObject({
      code: "FILE_ACCESS",
      details: { file: at(name) },
    });
  });
});

describe("splitPattern", () => {
  test("splits at the last #, unless the file is really called so", () => {
    expect(splitPattern("a/b.npz#blocks.{0,1}.*")).toEqual({ path: "a/b.npz", layers: "blocks.{0,1}.*" });
    expect(splitPattern("a/b.npz#")).toEqual({ path: "a/b.npz", layers: null });
    expect(splitPattern(at("odd#name.npz"))).toEqual({ path: at("odd#name.npz"), layers: null });
    expect(splitPattern(`${at("odd#name.npz")}#fc*`)).toEqual({ path: at("odd#name.npz"), layers: "fc*" });
  });
});
