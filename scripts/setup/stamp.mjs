// Is a build older than what it was made from? Judged by content: a checkout changes times without changing files.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { cache, inRoot } from "./paths.mjs";

function* filesUnder(path) {
  if (!existsSync(inRoot(path))) return;
  if (!statSync(inRoot(path)).isDirectory()) {
    yield path;
    return;
  }
  for (const entry of readdirSync(inRoot(path)).sort()) yield* filesUnder(join(path, entry));
}

/** A digest of the names and contents of `inputs` (files or folders of the repository) and of the strings in `facts`. */
export function digest(inputs, facts = []) {
  const hash = createHash("sha256").update(JSON.stringify(facts));
  for (const input of inputs) {
    for (const file of filesUnder(input)) {
      const content = readFileSync(inRoot(file));
      hash.update(`${file}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest("hex");
}

const stampFile = (name) => join(cache, `${name}.stamp`);

/** True when `output` exists and was made from exactly this digest. */
export function isFresh(name, value, output) {
  return existsSync(inRoot(output)) && existsSync(stampFile(name)) && readFileSync(stampFile(name), "utf8") === value;
}

/** Remembers what a build was made from. */
export function remember(name, value) {
  mkdirSync(cache, { recursive: true });
  writeFileSync(stampFile(name), value);
}
