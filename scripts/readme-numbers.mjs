// Rewrites the measured numbers in README.md from bench/results/*.json.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";

import { numbersBlock } from "./docs/numbers.mjs";
import { replaceBlock } from "./docs/map.mjs";
import { inRoot } from "./setup/paths.mjs";

const results = readdirSync(inRoot("bench", "results"))
  .filter((name) => name.endsWith(".json"))
  .sort()
  .map((name) => JSON.parse(readFileSync(inRoot("bench", "results", name), "utf8")));
const path = inRoot("README.md");
const document = replaceBlock(readFileSync(path, "utf8"), "numbers", numbersBlock(results));
writeFileSync(path, await format(document, { parser: "markdown", printWidth: 120 }));
