import { format } from "prettier";
import { expect, test } from "vitest";

import { metrics } from "../../lib/index.ts";
import { parseMetric } from "../../lib/metrics/request.ts";
import { familyLabels } from "../../lib/report/families.ts";
import { replaceBlock } from "../../scripts/docs/map.mjs";
import { metricsTable } from "../../scripts/docs/metrics-table.mjs";
import { read } from "./files.ts";

const page = read("docs/metrics.md");

test("the table of docs/metrics.md is that of the catalogue (node scripts/metrics-page.mjs)", async () => {
  const made = replaceBlock(page, "metrics", metricsTable(metrics.list(), familyLabels));
  expect(await format(made, { parser: "markdown", printWidth: 120 })).toBe(page);
});

test("every metric with a variant, parameters or a kernel on the page can be asked for", () => {
  const spans = [...page.matchAll(/`([^`\n]+)`/g)].map(([, span = ""]) => span);
  const asked = spans.filter((span) => /^[a-z0-9-]+(\.[a-z]+(?!\w)|\([a-z]+=[^)]*\)|@\S+)+$/.test(span));
  // Files and functions have dots too.
  const requests = asked.filter((span) => !/\.(csv|json|list)$/.test(span));
  expect(requests.length).toBeGreaterThan(15);
  for (const request of requests) expect(() => parseMetric(request)).not.toThrow();
});
