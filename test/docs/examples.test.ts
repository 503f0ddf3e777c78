import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatWithOptions } from "node:util";

import ts from "typescript";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { root } from "../house/files.ts";
import { allExamples, extractExamples, wrongForecasts } from "./examples.ts";

const examples = allExamples();
const folder = join(root, ".cache", "examples");
const fileOf = (where: string) => join(folder, `${where.replaceAll(/[^\w]+/g, "-")}.ts`);

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // Where the examples write.
  mkdirSync(join(root, "gramian-out"), { recursive: true });
  // Where examples write.
  mkdirSync(join(root, "gramian-out"), { recursive: true });
  // `export {}` makes a module of an example that imports nothing, so that it may await.
  for (const { where, code } of examples) writeFileSync(fileOf(where), `${code}\nexport {};\n`);
});

// Examples print; what they print is no part of the tests' output.
let printed: string[];
beforeEach(() => {
  printed = [];
  vi.spyOn(console, "log").mockImplementation((...values: unknown[]) => {
    printed.push(formatWithOptions({ breakLength: Infinity }, ...values));
  });
  vi.spyOn(console, "table").mockReturnValue();
});
afterEach(() => {
  vi.restoreAllMocks();
});

test("there are examples", () => {
  expect(examples.length).toBeGreaterThan(10);
});

test("every example fits the types", () => {
  const { config } = ts.readConfigFile(join(root, "tsconfig.test.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  // An example may define a name only to show it.
  const relaxed = { ...options, noUnusedLocals: false, noUnusedParameters: false };
  const program = ts.createProgram(
    examples.map(({ where }) => fileOf(where)),
    relaxed,
  );
  const messages = ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file?.fileName.includes(".cache/examples"))
    .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
  expect(messages).toEqual([]);
});

test.each(examples)("the example at $where runs and prints what it says", async ({ where, code }) => {
  await import(/* @vite-ignore */ fileOf(where));
  expect(wrongForecasts(code, printed)).toEqual([]);
});

test("examples are found in docstrings and in documents, and only those marked ts", () => {
  expect(extractExamples("a.ts", "/**\n * ```ts\n * f();\n *\n *   g();\n * ```\n */\n")).toEqual([
    { where: "a.ts:3", code: "f();\n\n  g();" },
  ]);
  expect(extractExamples("b.md", "```sh\nls\n```\n```ts\nf();\n```\n")).toEqual([{ where: "b.md:5", code: "f();" }]);
});

test("a comment that foretells the wrong output is found", () => {
  const code = "console.log(a); // 1 'x'\nconsole.log(b); // 0.9…\nconsole.log(c);";
  expect(wrongForecasts(code, ['1 "x"', "0.912", "?"])).toEqual([]);
  expect(wrongForecasts(code, ["2", "0.812", "?"])).toHaveLength(2);
  expect(wrongForecasts(code, ["2"])).toEqual([]);
});
