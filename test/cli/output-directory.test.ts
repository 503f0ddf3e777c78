import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openOutput } from "../../lib/cli/output-directory.ts";

let home = "";
beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), "gramian-output-"));
});
afterAll(() => rmSync(home, { recursive: true }));

test("abandon takes away what was made, and nothing else", async () => {
  const output = await openOutput(path.join(home, "new", "deep"));
  await output.abandon();
  expect(existsSync(path.join(home, "new"))).toBe(false);
  expect(existsSync(home)).toBe(true);
});

test("abandon leaves a directory that was there, or that is no longer empty", async () => {
  await (await openOutput(home)).abandon();
  expect(existsSync(home)).toBe(true);
  const output = await openOutput(path.join(home, "used"));
  writeFileSync(path.join(home, "used", "mine.txt"), "");
  await output.abandon();
  expect(existsSync(path.join(home, "used", "mine.txt"))).toBe(true);
});

test("says what an interrupted run leaves behind", async () => {
  const before = await openOutput(path.join(home, "results"));
  expect(before.kept).toBe("Nothing was written.");
  writeFileSync(path.join(home, "results", "results.json"), "{}");
  expect((await openOutput(path.join(home, "results"))).kept).toContain("earlier run");
});

test("a file in the way is an output error", async () => {
  const file = path.join(home, "file");
  writeFileSync(file, "");
  await expect(openOutput(file)).rejects.toMatchObject({ name: "OutputError", code: "FILE_ACCESS", details: { file } });
});
