import { describe, expect, it } from "vitest";

import { ArgumentError, FileError } from "../../lib/errors.ts";
import { matchNames } from "../../lib/io/pattern.ts";

const names = [
  "embed",
  ...Array.from({ length: 12 }, (_, k) => `blocks.${k}.mlp`),
  "blocks.0.attn.q",
  "encoder/layer1/out",
  "encoder/layer2/out",
  "layer[0]",
  "head(1)",
];

function match(pattern: string): string[] {
  return matchNames(names, pattern, "a.npz");
}

describe("a pattern of tensor names", () => {
  it("keeps the order of the names", () => {
    expect(matchNames(["b1", "c", "b0"], "b*", "f")).toEqual(["b1", "b0"]);
  });

  it("takes dots and slashes for characters like any other", () => {
    expect(match("*")).toEqual(names);
    expect(match("**")).toEqual(names);
    expect(match("blocks*")).toHaveLength(13);
    expect(match("*mlp")).toHaveLength(12);
    expect(match("encoder*out")).toEqual(["encoder/layer1/out", "encoder/layer2/out"]);
    expect(match("encoder?layer1?out")).toEqual(["encoder/layer1/out"]);
    expect(match("encoder/*")).toHaveLength(2);
    expect(matchNames([".hidden", "..", "", "a\nb"], "*", "f")).toEqual([".hidden", "..", "", "a\nb"]);
    expect(matchNames([".hidden", "x.hidden"], "*hidden", "f")).toEqual([".hidden", "x.hidden"]);
    expect(matchNames(["a\nb", "ab"], "a*b", "f")).toEqual(["a\nb", "ab"]);
  });

  it("has classes, alternatives, ranges of numbers and negation", () => {
    expect(match("blocks.[0-2].mlp")).toEqual(["blocks.0.mlp", "blocks.1.mlp", "blocks.2.mlp"]);
    expect(match("{embed,encoder*}")).toEqual(["embed", "encoder/layer1/out", "encoder/layer2/out"]);
    expect(match("blocks.{8..11}.mlp")).toEqual([8, 9, 10, 11].map((k) => `blocks.${k}.mlp`));
    expect(match("blocks.{11..8}.mlp")).toHaveLength(4);
    expect(match("blocks.{0..11..4}.mlp")).toEqual([0, 4, 8].map((k) => `blocks.${k}.mlp`));
    expect(matchNames(["l01", "l1", "l02"], "l{01..02}", "f")).toEqual(["l01", "l02"]);
    expect(matchNames(["ha", "hd"], "h{a..c}", "f")).toEqual(["ha"]);
    expect(match("!{blocks,encoder}*")).toEqual(["embed", "layer[0]", "head(1)"]);
  });

  it("that is a name selects it, brackets and all", () => {
    expect(match("layer[0]")).toEqual(["layer[0]"]);
    expect(match("head(1)")).toEqual(["head(1)"]);
    expect(match("embed")).toEqual(["embed"]);
  });

  it("that matches nothing names the file and the nearest tensors", () => {
    const failing = (): string[] => match("block.3.mlp");
    expect(failing).toThrow(FileError);
    expect(failing).toThrow(
      expect.objectContaining({ code: "NO_SUCH_TENSOR", details: { file: "a.npz", pattern: "block.3.mlp" } }),
    );
    expect(failing).toThrow(/^a\.npz: no tensor matches the pattern "block\.3\.mlp".*: "blocks\.3\.mlp",/);
    expect(() => matchNames([], "*", "a.npz")).toThrow("holds no tensors");
  });

  it.each(["", "x".repeat(70_000), "{0..99999999}", "{0..5..0}"])("that is none is the caller's mistake", (pattern) => {
    expect(() => match(pattern)).toThrow(ArgumentError);
  });

  it("takes little time on names made to slow it down", () => {
    const start = performance.now();
    expect(() => matchNames(["a".repeat(1024)], "*a*a*b", "f")).toThrow(FileError);
    expect(() => matchNames(["a".repeat(1024)], "+(a|aa)+(a|aa)b", "f")).toThrow(FileError);
    // Exponential backtracking would take for ever; two seconds leave room for a busy machine.
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
