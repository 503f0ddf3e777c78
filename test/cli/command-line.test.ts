import { execFileSync } from "node:child_process";

import { expect, test } from "vitest";

import { commandLine } from "../../lib/cli/command-line.ts";

test("a shell reads back the words that were typed", () => {
  const words = ["compare", "a b.npz#blocks.*", "it's", "--title=é $HOME `x`", "rbf:median*0.5", ""];
  const line = commandLine(words).replace(/^gramian /, "");
  const read = execFileSync("sh", ["-c", `for word in ${line}; do printf '%s\\n' "$word"; done`], { encoding: "utf8" });
  expect(read.split("\n").slice(0, -1)).toEqual(words);
});

test("plain words stand as they are", () => {
  expect(commandLine(["compare", "acts/a.safetensors", "-o", "out"])).toBe("gramian compare acts/a.safetensors -o out");
});
