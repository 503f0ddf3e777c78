// Rewrites the table of docs/metrics.md from the catalogue. Run it after a change of a metric; a test fails when it was forgotten.
import { readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";

import { replaceBlock } from "./docs/map.mjs";
import { metricsTable } from "./docs/metrics-table.mjs";
import { inRoot } from "./setup/paths.mjs";
import { runMain } from "./setup/step.mjs";
import { ensureTypeScript } from "./setup/typescript.mjs";

await runMain(async () => {
  await ensureTypeScript(console.log);
  const { metrics } = await import("../dist/catalogue.js");
  const { familyLabels } = await import("../dist/report/families.js");
  const path = inRoot("docs", "metrics.md");
  const document = replaceBlock(readFileSync(path, "utf8"), "metrics", metricsTable(metrics.list(), familyLabels));
  writeFileSync(path, await format(document, { parser: "markdown", printWidth: 120 }));
});
