// Makes lib/report/page-source.ts, the script and style of report.html as strings, from lib/report/page/. Plain tsc can then carry
// them to dist like any other module, and tests run the same text from lib. Run it after a change in lib/report/page/ or in a
// module that the page shares with the rest; a test fails when it was forgotten.
//
//   node scripts/report-page.mjs            writes the file
//   node scripts/report-page.mjs --print    prints what it would write
import { readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const report = new URL("../lib/report/", import.meta.url);
const importLine = /^import (type )?\{[^}]*\} from "([^"]+)";\n/gm;

/** The modules that `entry` needs, each after those it imports; imports of types need nothing. */
function inOrder(entry, seen = new Map()) {
  if (seen.has(entry.href)) return [];
  seen.set(entry.href, true);
  const source = readFileSync(entry, "utf8");
  const needed = [...source.matchAll(importLine)].filter(([, type]) => type === undefined);
  return [...needed.flatMap(([, , path]) => inOrder(new URL(path, entry), seen)), entry];
}

/** One module as plain statements of the page's single script. */
function statements(url) {
  const { outputText } = ts.transpileModule(readFileSync(url, "utf8"), {
    fileName: fileURLToPath(url),
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      removeComments: true,
      verbatimModuleSyntax: true,
      newLine: ts.NewLineKind.LineFeed,
    },
  });
  const text = outputText.replace(importLine, "").replace(/^export (?=(async )?function|const)/gm, "");
  const rest = text.match(/^(import|export)\b.*$/m);
  const name = relative(fileURLToPath(report), fileURLToPath(url));
  if (rest !== null)
    throw new Error(`${name}: the page's script is put together by text and cannot take "${rest[0]}".`);
  return { name, text };
}

/** All modules share one scope, so a name may be declared once only. */
function checkNames(modules) {
  const owners = new Map();
  for (const { name, text } of modules) {
    for (const [, declared] of text.matchAll(/^(?:async )?(?:function|const|let|class) (\w+)/gm)) {
      if (owners.has(declared)) throw new Error(`${declared} is declared by ${owners.get(declared)} and by ${name}.`);
      owners.set(declared, name);
    }
  }
}

// On one line: the text is to be read where it is written, in lib/report/page/.
function literal(text) {
  return `\`${text.replace(/[\\`]|\$\{/g, (mark) => `\\${mark}`).replaceAll("\n", "\\n")}\``;
}

function pageSource() {
  const modules = inOrder(new URL("page/main.ts", report)).map(statements);
  checkNames(modules);
  const script = modules.map(({ text }) => text.trimEnd()).join("\n");
  const style = readFileSync(new URL("page/page.css", report), "utf8")
    .replace(/\/\*[^*]*\*\/\n/g, "")
    .replace(/\n\s*/g, "\n")
    .trim();
  if (/<\/(script|style)/i.test(script + style)) throw new Error("The page's script or style would end its element.");
  return [
    "// Written by scripts/report-page.mjs from lib/report/page/. Change it there.\n",
    `export const pageStyle: string = ${literal(`\n${style}\n`)};\n`,
    `export const pageScript: string = ${literal(`\n${script}\n`)};\n`,
  ].join("\n");
}

const target = new URL("page-source.ts", report);
if (process.argv.includes("--print")) process.stdout.write(pageSource());
else writeFileSync(target, pageSource());
