// One run of vitest, its counts read from the JSON report.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { run } from "../setup/command.mjs";
import { cache, inRoot } from "../setup/paths.mjs";

/**
 * Counts of a report. A file that failed without a failed test in it did not load, and counts as one failure. A test that another
 * platform would run counts as nothing and is named.
 */
export function countReport(report) {
  let passed = 0;
  let failed = 0;
  const skipped = [];
  for (const file of report.testResults) {
    let failedHere = 0;
    for (const test of file.assertionResults) {
      if (test.status === "passed") passed++;
      else if (test.status === "failed") failedHere++;
      else skipped.push(`${file.name}: ${test.fullName} (${test.status})`);
    }
    failed += file.status === "failed" ? Math.max(1, failedHere) : failedHere;
  }
  return { passed, failed, skipped };
}

/** Runs vitest over `filters` (all tests when empty), its output shown as it comes. `seconds` bounds the whole run. */
export async function runVitest(name, { filters = [], env = {}, args = [], seconds }) {
  mkdirSync(cache, { recursive: true });
  const file = join(cache, `vitest-${name}.json`);
  rmSync(file, { force: true });
  const { code, output } = await run(
    process.execPath,
    [
      inRoot("node_modules", "vitest", "vitest.mjs"),
      "run",
      ...filters,
      ...args,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${file}`,
    ],
    { env, show: true, timeout: seconds },
  );
  if (!existsSync(file)) return { passed: 0, failed: 1, details: `vitest ended with ${code} and left no report` };
  const { passed, failed, skipped } = countReport(JSON.parse(readFileSync(file, "utf8")));
  // Unhandled rejections and workers that died leave every test green and the exit code red.
  const crashed = code !== 0 || passed + failed === 0;
  const details = [
    ...skipped.map((test) => `skipped: ${test}`),
    ...(crashed ? [output.includes("Unhandled") ? "unhandled errors, see above" : `vitest ended with ${code}`] : []),
  ].join("\n");
  return { passed, failed, crashed, details };
}
