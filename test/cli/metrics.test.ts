import { describe, expect, it } from "vitest";

import { metrics } from "../../lib/index.ts";
import { run, runGramian } from "./run-gramian.ts";

async function listed(args: readonly string[], columns = 80): Promise<string> {
  const outcome = await runGramian(["metrics", ...args], { env: { COLUMNS: String(columns) } });
  expect({ code: outcome.code, stderr: outcome.stderr }).toEqual({ code: 0, stderr: "" });
  return outcome.stdout;
}

const ids = metrics.list().map(({ id }) => id);

describe("gramian metrics", () => {
  it("lists every metric once, below its family, within the terminal's width", async () => {
    const text = await listed([], 60);
    const shown = text.split("\n").flatMap((line) => line.match(/^ {2}([a-z0-9-]+) {2}\S/)?.[1] ?? []);
    expect(shown).toEqual(ids);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(text).toMatch(/^Alignment \(--family alignment\)\n {2}cka {2}CKA\n/);
    expect(text).not.toMatch(/\p{Cc}\[/u);
  });

  it("says of each what a caller has to know", async () => {
    const text = (await listed(["-f", "shape"], 200)).replaceAll(/\s+/g, " ");
    expect(text).toContain("linear-r2 Linear R² Share of one layer's variance");
    expect(text).toContain("similarity, 0 … 1 · directed · .forward .backward · a factorisation a layer");
    expect(text).toContain("distance, 0 … π/2 · symmetric · alpha=1 · a job a pair");
    expect(text).not.toContain("HSIC");
  });

  it("tells everything about one metric, whatever choice stands behind its id", async () => {
    const text = await listed(["kcc(kappa=0.1)", "mmd2.unbiased"]);
    for (const part of ["√λ_max(R₁R₂)", "kappa=0.001: ", "unchanged by", "Bach and Jordan 2002", "3.3 of Insulla"]) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(/presets +paper, independence/);
    expect(text).toMatch(/\n\nmmd2 {2}MMD² {2}\(Measures\)\n/);
    expect(text).toMatch(/variants +mmd2\.biased \(the default\), mmd2\.unbiased/);
  });

  it("--json has the catalogue as the API has it, and the presets of each metric", async () => {
    const all = JSON.parse(await listed(["--json"])) as { metrics: Record<string, unknown>[] };
    expect(all.metrics).toMatchObject(metrics.list());
    expect(all.metrics.find(({ id }) => id === "cka")).toMatchObject({ presets: ["paper", "cka"] });
    const one = JSON.parse(await listed(["nbs", "--json"])) as { metrics: { id: string }[] };
    expect(one.metrics.map(({ id }) => id)).toEqual(["nbs"]);
  });

  it.each([
    ["an unknown metric", ["hsik"], /received "hsik"[\s\S]*hint: Did you mean hsic, /],
    ["an unknown family", ["--family", "shapes"], /Allowed choices are alignment, distance/],
    ["a metric of another family", ["nbs", "--family", "distance"], /of the family distance/],
  ])("refuses %s", async (_, args, message) => {
    const { code, stdout, stderr } = await runGramian(["metrics", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });

  it("on a terminal the ids stand out", async () => {
    const line = `${process.execPath} dist/cli/main.js metrics --family measures`;
    const { code, stdout } = await run("script", ["-qec", line, "/dev/null"], { env: { TERM: "xterm-256color" } });
    expect(code).toBe(0);
    expect(stdout).toMatch(/\p{Cc}\[1mmmd2\p{Cc}\[22m {2}MMD²/u);
  });
});
