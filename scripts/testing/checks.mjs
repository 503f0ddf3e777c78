// The checks that are not vitest's: types, lint, format.
import { chmodSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";

import { run } from "../setup/command.mjs";
import { inRoot, root } from "../setup/paths.mjs";

const { resolve } = createRequire(import.meta.url);

/** A program whose exit code is the verdict and whose output is the explanation. */
async function verdict(program, args) {
  const { code, output, error } = await run(program, args, { timeout: 300 });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, details: error ? error.message : output };
}

const nodeTool = (path, args) => verdict(process.execPath, [inRoot("node_modules", ...path.split("/")), ...args]);

/** Type-checks a project file. */
export const checkTypes = (project) => nodeTool("typescript/bin/tsc", ["-p", project, "--noEmit", "--pretty", "false"]);

/** oxlint by .oxlintrc.json; a warning is as bad as an error. */
export const checkLint = () => nodeTool("oxlint/bin/oxlint", ["--deny-warnings"]);

/** prettier over all that it knows, but for .prettierignore. */
export const checkFormat = (write = false) =>
  nodeTool("prettier/bin/prettier.cjs", [write ? "--write" : "--check", "--log-level", "warn", "."]);

/** The C++ sources, relative to the repository. */
export function cppFiles() {
  return ["native", "test"]
    .flatMap((folder) =>
      readdirSync(inRoot(folder), { recursive: true, withFileTypes: true }).map((entry) =>
        relative(root, join(entry.parentPath, entry.name)),
      ),
    )
    .filter((path) => /\.(cpp|h)$/.test(path))
    .sort();
}

/** The clang-format binary of the npm package, made executable: npm may have kept its postinstall script from doing so. */
export function clangFormat() {
  const folder = join(
    resolve("clang-format-node/package.json"),
    "..",
    "bin",
    `cfn-${process.platform}-${process.arch}`,
  );
  const path = join(folder, readdirSync(folder)[0]);
  chmodSync(path, 0o755);
  return path;
}

/** clang-format over the C++ sources, in place or as a check. */
export const checkCppFormat = (write = false) =>
  verdict(clangFormat(), [...(write ? ["-i"] : ["--dry-run", "--Werror"]), "--style=file", ...cppFiles()]);
