// Counts what passed and what failed over all the runs of `npm test`, and says so as it goes.
import { secondsSince } from "../setup/step.mjs";

const indent = (text) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");

export class Tally {
  passed = 0;
  failed = 0;
  failures = [];

  /** Adds counts; a run that failed without a failing test of its own (a crash) counts as one failure. */
  add(name, { passed, failed, crashed = false }) {
    this.passed += passed;
    this.failed += failed + (crashed && failed === 0 ? 1 : 0);
    if (failed > 0 || crashed) this.failures.push(name);
  }

  /**
   * Runs one check. `work` resolves to `{passed, failed, crashed?, details?}`; what it throws counts as a failure, so that one broken
   * check does not hide the others.
   */
  async check(name, work) {
    const start = performance.now();
    let outcome;
    try {
      outcome = await work();
    } catch (error) {
      outcome = { passed: 0, failed: 1, details: error.name === "SetupError" ? error.message : error.stack };
    }
    this.add(name, outcome);
    const good = outcome.failed === 0 && !outcome.crashed;
    const counts = outcome.passed + outcome.failed > 1 ? `: ${outcome.passed} passed, ${outcome.failed} failed` : "";
    console.log(`  ${good ? "pass" : "FAIL"}  ${name}${counts} (${secondsSince(start)})`);
    if (!good && outcome.details) console.log(indent(outcome.details));
  }

  /** The last words: which checks failed, then the plain line of counts. Returns the exit code. */
  finish() {
    if (this.failures.length > 0) console.log(`\nFailed: ${this.failures.join(", ")}`);
    console.log(`\n${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0 ? 0 : 1;
  }
}
