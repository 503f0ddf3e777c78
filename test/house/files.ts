import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's top folder. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** The text of a file of the repository. */
export function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** All files under a file or folder of the repository, as paths with slashes relative to its top. Empty when it does not exist. */
export function filesUnder(path: string): string[] {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .toSorted();
}

/** The Markdown documents: those at the top, and all under docs/ and examples/. */
export function documents(): string[] {
  const top = readdirSync(root).filter((name) => name.endsWith(".md"));
  return [...top, ...filesUnder("docs"), ...filesUnder("examples")].filter((path) => path.endsWith(".md"));
}
