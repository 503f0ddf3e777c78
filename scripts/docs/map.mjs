// The map of files: one line a file, taken from the comment that the file begins with.
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";

import { inRoot, root } from "../setup/paths.mjs";

/** Folders in the order of the map. */
export const mapped = ["lib", "native", "scripts"];

const isSource = (path) => /\.(ts|mjs|cpp|h)$/.test(path);

/** The source files of the mapped folders, relative to the repository, in the order of the map. */
export function mappedFiles() {
  return mapped.flatMap((folder) =>
    readdirSync(inRoot(folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
      .filter(isSource)
      .sort((a, b) => dirname(a).localeCompare(dirname(b), "en") || a.localeCompare(b, "en")),
  );
}

const plain = (text) => text.replaceAll(/\{@link ([^}\s]+)[^}]*\}/g, "`$1`");

const unwrapBlock = (comment) => comment.replaceAll(/^\s*\* ?/gm, "");
const unwrapLines = (comment) => comment.replaceAll(/^[ \t]*\/\/ ?/gm, "");

/** The first sentence of a comment's text. */
function firstSentence(comment) {
  const paragraph = comment
    .trim()
    .split(/\n\s*\n|\n@/)[0]
    .replaceAll(/\s+/g, " ");
  // A full stop ends a sentence when a capital or nothing follows: "e.g. this" and "1.5" do not.
  const end = paragraph.search(/[.;:](?= [A-Z`]|$)/);
  return plain(end < 0 ? paragraph : paragraph.slice(0, end)).replace(/[.;:]$/, "");
}

const letters = (name) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");

/**
 * What a file says of itself: the comment that it begins with, else the docstring of the export that bears its name, else that of its
 * first function or class, else of its first export that has one. Null when there is none of these.
 */
export function describeFile(path, source) {
  const text = source.replace(/^#!.*\n/, "").replace(/^#pragma once\s*/, "");
  const lines = text.match(/^\s*\/\/[^\n]*(?:\n[ \t]*\/\/[^\n]*)*/);
  if (lines) return firstSentence(unwrapLines(lines[0]));
  if (path.endsWith("/index.ts")) return "Exports only";
  const exports = [
    ...text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export\s+(?:abstract |async |declare )*(\w+)\*?\s+(\w+)/g),
  ];
  const own = letters(path.slice(path.lastIndexOf("/") + 1, path.lastIndexOf(".")));
  const chosen =
    exports.find(([, , , name]) => letters(name) === own) ??
    exports.find(([, , kind]) => kind === "function" || kind === "class") ??
    exports[0];
  return chosen ? firstSentence(unwrapBlock(chosen[1])) : null;
}

/** The map as Markdown, and the files that have no comment to take a line from. */
export function mapBlock() {
  const silent = [];
  const lines = [];
  const files = mappedFiles();
  let folder = "";
  for (const file of files) {
    if (dirname(file) !== folder) {
      folder = dirname(file);
      lines.push("", `### ${folder}/`, "");
    }
    const header = file.replace(/\.cpp$/, ".h");
    const sentence =
      describeFile(file, readFileSync(inRoot(file), "utf8")) ??
      (header !== file && files.includes(header) ? `Implements \`${basename(header)}\`` : null);
    if (sentence === null) silent.push(file);
    lines.push(`- \`${basename(file)}\`: ${sentence ?? ""}`);
  }
  return { text: lines.join("\n").trim(), silent };
}

/** Replaces what stands between `<!-- NAME -->` and `<!-- /NAME -->`. */
export function replaceBlock(document, name, text) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = document.indexOf(open);
  const to = document.indexOf(close);
  if (from < 0 || to < from) throw new Error(`Expected the marks ${open} and ${close} in the document.`);
  return `${document.slice(0, from + open.length)}\n\n${text}\n\n${document.slice(to)}`;
}
