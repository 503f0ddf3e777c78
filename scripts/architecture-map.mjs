// `npm run map`: rewrites the map of files in ARCHITECTURE.md from the first sentence of each file's own comment.
import { readFileSync, writeFileSync } from "node:fs";

import { format } from "prettier";

import { inRoot } from "./setup/paths.mjs";
import { mapBlock, replaceBlock } from "./docs/map.mjs";

const path = inRoot("ARCHITECTURE.md");
const { text, silent } = mapBlock();
const document = replaceBlock(readFileSync(path, "utf8"), "map", text);
writeFileSync(path, await format(document, { parser: "markdown", printWidth: 120 }));
for (const file of silent) console.error(`${file}: no comment to take a line from`);
process.exitCode = silent.length === 0 ? 0 : 1;
