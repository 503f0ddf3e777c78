import { documents, filesUnder, read } from "../house/files.ts";

/** A runnable example of the documentation. */
export interface Example {
  /** `file:line` of its first line. */
  readonly where: string;
  readonly code: string;
}

/** The code between ```ts fences; in a docstring each line loses its leading asterisk. */
export function extractExamples(path: string, text: string): Example[] {
  const inDocstring = path.endsWith(".ts");
  const opening = inDocstring ? /^\s*\* ?```ts\s*$/ : /^```ts\s*$/;
  const closing = inDocstring ? /^\s*\* ?```\s*$/ : /^```\s*$/;
  const examples: Example[] = [];
  let code: string[] | null = null;
  let start = 0;
  text.split("\n").forEach((line, index) => {
    if (code === null) {
      if (!opening.test(line)) return;
      code = [];
      start = index + 2;
    } else if (closing.test(line)) {
      examples.push({ where: `${path}:${start}`, code: code.join("\n") });
      code = null;
    } else {
      code.push(inDocstring ? line.replace(/^\s*\* ?/, "") : line);
    }
  });
  return examples;
}

/** Every example in the docstrings of lib and in the Markdown documents. */
export function allExamples(): Example[] {
  const sources = filesUnder("lib").filter((path) => path.endsWith(".ts"));
  return [...sources, ...documents()].flatMap((path) => extractExamples(path, read(path)));
}

/** What a printed line and the comment that foretells it are compared by: quotes and spaces do not count. */
const bare = (text: string) => text.replaceAll(/['`]/g, '"').replaceAll(/\s+/g, " ").trim();

/** Whether `printed` is what a comment foretells: `…` stands for anything, and a remark may follow after `, ` or ` = `. */
function foretells(forecast: string, printed: string): boolean {
  const heads = [forecast, ...[...forecast.matchAll(/, | = /g)].map(({ index }) => forecast.slice(0, index))];
  return heads.some((head) => {
    const pieces = bare(head)
      .split("…")
      .map((piece) => piece.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${pieces.join(".*")}$`).test(bare(printed));
  });
}

/**
 * Where an example's comments (`console.log(x); // this`) foretell something else than `printed`, one line a call. Nothing is compared
 * when calls and statements do not pair up, in a loop for instance.
 */
export function wrongForecasts(code: string, printed: readonly string[]): string[] {
  const statements = code.split("\n").filter((line) => line.includes("console.log("));
  if (statements.length !== printed.length) return [];
  return statements.flatMap((line, index) => {
    const forecast = line.match(/\); \/\/ (.*)$/)?.[1];
    const actual = printed[index] ?? "";
    return forecast === undefined || foretells(forecast, actual) ? [] : [`${forecast} foretold, ${actual} printed`];
  });
}
