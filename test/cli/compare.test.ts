import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { compare, Representation, rbf } from "../../lib/index.ts";
import { run, runGramian } from "./run-gramian.ts";
import { activations, writeNpy, writeSafetensors } from "./write-activations.ts";

let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gramian-cli-"));
  writeSafetensors(at("a.safetensors"), {
    "blocks.2": activations(60, 8, 1),
    "blocks.10": activations(60, 5, 2),
    head: activations(60, 3, 3),
  });
  writeSafetensors(at("b.safetensors"), { fc1: activations(60, 6, 4), fc2: activations(60, 4, 5) });
  writeSafetensors(at("short.safetensors"), { fc1: activations(59, 6, 4) });
  writeNpy(at("one.npy"), activations(60, 7, 6));
  const { data } = activations(60, 12, 7);
  writeNpy(at("labels.npy"), { shape: [60], data: new BigInt64Array(60) });
  writeSafetensors(at("labelled.safetensors"), {
    fc: activations(60, 6, 8),
    labels: { shape: [60], data: new BigInt64Array(60) },
  });
  for (const name of ["steps/10.npy", "steps/9.npy", "other/steps/9.npy"]) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeNpy(at(name), activations(60, 3, name.length));
  }
  mkdirSync(at("shards"));
  for (const name of ["one", "two"]) writeSafetensors(at(`shards/${name}.safetensors`), { x: activations(60, 4, 9) });
  writeNpy(at("stack.npy"), { shape: [60, 3, 4], data });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Layer {
  readonly name: string;
  readonly source: string;
  readonly samples: number;
}

interface Results {
  readonly schema: string;
  readonly rows: readonly Layer[];
  readonly columns: readonly Layer[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly matrices: readonly { readonly key: string; readonly values: readonly (readonly number[])[] }[];
}

async function json(...args: string[]): Promise<Results> {
  const { code, stdout, stderr } = await runGramian(["compare", ...args, "--json", "-q"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Results;
}

describe("what is compared", () => {
  it("two files: the layers of the first against those of the second, as the API has them", async () => {
    const found = await json(at("a.safetensors"), at("b.safetensors"), "-m", "cka.debiased", "-k", "rbf:median*0.5");
    const result = await compare(
      await Representation.loadAll(at("a.safetensors")),
      await Representation.loadAll(at("b.safetensors")),
      { metrics: ["cka.debiased"], kernel: rbf({ medianScale: 0.5 }) },
    );
    expect(found.schema).toBe("gramian.comparison/2");
    expect(found.matrices.map(({ key }) => key)).toEqual(["cka.debiased.rbf(0.5×median)"]);
    // The same build, the same files: the same bits.
    expect(found.matrices[0]?.values.flat()).toEqual([...(result.matrices[0]?.values ?? [])]);
  });

  it("one file: its layers against each other", async () => {
    const found = await json(at("a.safetensors"));
    expect(found.rows.map(({ name }) => name)).toEqual(["blocks.2", "blocks.10", "head"]);
    expect(found.columns.map(({ name }) => name)).toEqual(["blocks.2", "blocks.10", "head"]);
    expect(found.matrices.map(({ key }) => key)).toEqual(["cka.biased.linear", "cka.debiased.linear"]);
  });

  it("globs of layers, behind # and with --layers", async () => {
    const found = await json(`${at("a.safetensors")}#blocks.*`, at("b.safetensors"), "--layers", "fc2");
    expect(found.rows.map(({ name }) => name)).toEqual(["blocks.2", "blocks.10"]);
    expect(found.columns.map(({ name }) => name)).toEqual(["fc2"]);
  });

  it("--with names the columns; a .npy file is a layer", async () => {
    const found = await json(at("a.safetensors"), at("b.safetensors"), "--with", at("one.npy"));
    expect(found.rows.length).toBe(5);
    expect(found.columns.map(({ name }) => name)).toEqual(["one"]);
  });

  it("three networks, or --all: every layer against every layer", async () => {
    const names = ["blocks.2", "blocks.10", "head", "fc1", "fc2"];
    const all = await json(at("a.safetensors"), at("b.safetensors"), "--all");
    expect(all.rows.map(({ name }) => name)).toEqual(names);
    expect(all.columns.map(({ name }) => name)).toEqual(names);
    const three = await json(at("a.safetensors"), at("b.safetensors"), at("one.npy"));
    expect(three.columns.map(({ name }) => name)).toEqual([...names, "one"]);
  });

  it("the .npy files of a directory are one network, in natural order; its name tells it apart", async () => {
    const one = await json(at("steps/10.npy"), at("steps/9.npy"));
    expect(one.rows.map(({ name }) => name)).toEqual(["10", "9"]);
    expect(one.columns.length).toBe(2);
    const both = await json(at("steps"), "--with", at("other/*/*.npy"));
    expect(both.rows.map(({ name }) => name)).toEqual(["9", "10"]);
    expect(both.columns.map(({ name, source }) => `${source}:${name}`)).toEqual(["other/steps:9"]);
    expect(both.rows[0]?.source).not.toBe("other/steps");
  });

  it("tensors of one name in several files of a network are told apart by the file", async () => {
    const found = await json(at("shards"));
    expect(found.rows.map(({ name, source }) => `${source}:${name}`)).toEqual(["shards/one:x", "shards/two:x"]);
  });

  it("what cannot be a layer is left out, and said so", async () => {
    const { code, stderr } = await runGramian(["compare", at("labelled.safetensors")]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/note: .*labelled\.safetensors: left out "labels" \(I64\), which cannot be layers/);
    const asked = await runGramian(["compare", `${at("labelled.safetensors")}#labels`]);
    expect(asked.code).toBe(3);
    expect(asked.stderr).toMatch(/error\[UNSUPPORTED_DTYPE\].*"labels"/);
  });

  it("--layer-axis takes a stack apart", async () => {
    const found = await json(at("stack.npy"), "--layer-axis", "1");
    expect(found.rows.map(({ name }) => name)).toEqual(["stack.0", "stack.1", "stack.2"]);
  });

  it("--flatten makes one long row of each sample", async () => {
    const refused = await runGramian(["compare", at("stack.npy")]);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(/error\[SHAPE_MISMATCH\]:.*\n?hint:.*--flatten/);
    const found = await json(at("stack.npy"), "--flatten", "--with", at("one.npy"));
    expect(found.rows.map(({ name }) => name)).toEqual(["stack"]);
  });

  it("--rows samples the same rows everywhere, and the same again for the same seed", async () => {
    const args = [at("a.safetensors"), at("b.safetensors"), "--rows", "20"];
    const [first, again, other] = await Promise.all([
      json(...args, "--seed", "3"),
      json(...args, "--seed", "3"),
      json(...args, "--seed", "4"),
    ]);
    expect(first?.rows[0]?.samples).toBe(20);
    expect(first?.options).toMatchObject({ rowSample: { rows: 20, of: 60, seed: 3 } });
    expect(again?.matrices).toEqual(first?.matrices);
    expect(other?.matrices).not.toEqual(first?.matrices);
  });
});

describe("what is measured", () => {
  const keys = async (...args: string[]): Promise<string[]> =>
    (await json(at("a.safetensors"), ...args)).matrices.map(({ key }) => key);

  it("a preset and metrics add up, each once", async () => {
    expect(await keys("-p", "cka", "-m", "ka", "-m", "cka.debiased")).toEqual([
      "cka.biased.linear",
      "cka.debiased.linear",
      "ka.linear",
    ]);
  });

  it("metrics take variants and parameters, --estimator the variants that are not named", async () => {
    expect(
      await keys("-m", "hsic", "-m", "hsic.biased", "-m", "rsa-pearson(distance=cosine)", "-e", "debiased"),
    ).toEqual(["hsic.debiased.linear", "hsic.biased.linear", "rsa-pearson(distance=cosine)"]);
  });

  it("a metric without a kernel asked for takes its own, and one of the features takes none", async () => {
    const metrics = ["-m", "da", "-m", "ka", "-m", "rsa-cosine(distance=squared-euclidean)"];
    expect(await keys(...metrics)).toEqual(["da.cosine", "ka.linear", "rsa-cosine(distance=squared-euclidean)"]);
    expect(await keys(...metrics, "-k", "rbf:2")).toEqual([
      "da.rbf(σ=2)",
      "ka.rbf(σ=2)",
      "rsa-cosine(distance=squared-euclidean)",
    ]);
  });
});

describe("what comes out", () => {
  const five = ["cka", "ka", "hsic", "da", "cka.debiased"].flatMap((metric) => ["-m", metric]);

  it("of more than four matrices a line each, with --tables all tables", async () => {
    const shown = async (...args: string[]) => await runGramian(["compare", at("a.safetensors"), ...args]);
    const summary = await shown(...five);
    expect(summary.stdout).toMatch(
      /^5 metrics {3}a\n +least +greatest +closest pair\nAlignment\n {2}CKA \(biased\), linear /,
    );
    expect(summary.stdout.trimEnd().split("\n").length).toBe(2 + 3 + 5);
    expect(summary.stderr).toMatch(/note: a line a metric; --tables prints the tables, --out DIR/);
    const four = await shown(...five.slice(2));
    const tables = await shown(...five, "--tables");
    for (const [{ stdout, stderr }, count] of [
      [four, 4],
      [tables, 5],
    ] as const) {
      expect(stdout.split("\n\n").length).toBe(count);
      expect(stderr).not.toContain("a line a metric");
    }
  });
  it("a table on standard output, notes on standard error, no byte of progress in a pipe", async () => {
    const { code, stdout, stderr } = await runGramian([
      "compare",
      at("a.safetensors"),
      at("b.safetensors"),
      "-m",
      "cka",
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^CKA \(biased\), linear {3}a ↓ {2}b →\n +fc1 +fc2\nblocks\.2 +0\.\d{4} +0\.\d{4}\n/);
    expect(stdout.split("\n").length).toBe(6);
    expect(stderr).toMatch(/3 × 2 layers on 60 samples in \d/);
    expect(stderr).toMatch(/plan: feature space, f32 tiles, \d+ threads?, [\d.e-]+ Gflop, at most [\d.]+ [kM]B/);
    expect(stdout + stderr).not.toMatch(/\r|\p{Cc}\[/u);
  });

  it("--out writes every file whole, and report draws the page again from results.json", async () => {
    const out = at("out/deep");
    const { code, stderr } = await runGramian(["compare", at("a.safetensors"), at("b.safetensors"), "-o", out]);
    expect(code).toBe(0);
    expect(stderr).toContain(join(out, "report.html"));
    const files = [
      "heatmap-cka.biased.linear.svg",
      "heatmap-cka.debiased.linear.svg",
      "pairs.csv",
      "report.html",
      "results.json",
    ];
    expect(readdirSync(out).sort()).toEqual(files);
    const page = readFileSync(join(out, "report.html"), "utf8");
    rmSync(join(out, "report.html"));
    const redrawn = await runGramian(["report", out]);
    expect(redrawn.code).toBe(0);
    expect(readFileSync(join(out, "report.html"), "utf8")).toBe(page);
    const titled = await runGramian(["report", out, "--title", "Before and after", "-o", at("titled")]);
    expect(titled.code).toBe(0);
    expect(readFileSync(at("titled/report.html"), "utf8")).toContain("<title>Before and after");
  });

  it("--quiet leaves standard error to failures", async () => {
    const { code, stdout, stderr } = await runGramian(["compare", at("a.safetensors"), "--quiet", "-o", at("quiet")]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("blocks.10");
  });

  it("results of an earlier run are replaced", async () => {
    const out = at("again");
    const keys = async (metric: string): Promise<string[]> => {
      const { code } = await runGramian(["compare", at("a.safetensors"), "-m", metric, "-o", out]);
      expect(code).toBe(0);
      const { matrices } = JSON.parse(readFileSync(join(out, "results.json"), "utf8")) as Results;
      return matrices.map(({ key }) => key);
    };
    expect(await keys("ka")).toEqual(["ka.linear"]);
    expect(await keys("hsic")).toEqual(["hsic.biased.linear"]);
  });

  it("wide matrices are told by the closest column of each row", async () => {
    const { stdout } = await runGramian(["compare", at("a.safetensors"), at("b.safetensors"), "-m", "cka"], {
      env: { COLUMNS: "20" },
    });
    expect(stdout).toMatch(/closest column of each row\nblocks\.2 +0\.\d{4} {2}fc[12]\n/);
  });
});

describe("what is refused, and with which code", () => {
  it.each([
    ["an unknown flag", ["compare", "a.safetensors", "--metrc", "cka"], 2, /Unknown option '--metrc'[\s\S]*--metric/],
    [
      "an unknown metric",
      ["compare", "absent", "-m", "ckaa"],
      2,
      /one of cka, ka, [\s\S]*Did you mean cka\?.*gramian metrics/,
    ],
    ["a variant that a metric has not", ["compare", "absent", "-m", "ka.debiased"], 2, /ka, which has no variants/],
    ["an unknown parameter", ["compare", "absent", "-m", "kcc(lambda=1)"], 2, /parameters among kappa, regularization/],
    ["an unknown preset", ["compare", "absent", "-p", "all"], 2, /one of "paper", "platonic", .* for --preset/],
    [
      "a quantile without permutations",
      ["compare", "absent", "--quantile", "0.9"],
      2,
      /--permutations beside --quantile/,
    ],
    ["a level without intervals", ["compare", "absent", "--level", "0.9"], 2, /--intervals beside --level/],
    [
      "resamples of the jackknife",
      ["compare", "absent", "--intervals", "jackknife", "--resamples", "9"],
      2,
      /--intervals bootstrap beside --resamples/,
    ],
    ["a level beyond 1", ["compare", "absent", "--intervals", "jackknife", "--level", "95"], 2, /between 0 and 1/],
    ["an unknown estimator", ["compare", "absent", "-e", "unbiased"], 2, /Allowed choices are biased, debiased/],
    ["an unknown command", ["comapre", "a.safetensors"], 2, /Unknown command 'comapre'[\s\S]*compare/],
    ["--all beside --with", ["compare", "a.safetensors", "--all", "--with", "b.safetensors"], 2, /cannot be used with/],
    ["--all with one network", ["compare", "a.safetensors", "--all"], 2, /at least two networks for --all/],
    [
      "a layer axis that no stack has",
      ["compare", "stack.npy", "--layer-axis", "3"],
      2,
      /from 0 to 2 for --layer-axis/,
    ],
    ["an unknown kernel", ["compare", "a.safetensors", "-k", "gauss"], 2, /rbf:median\*0\.5/],
    ["no input", ["compare"], 2, /[Mm]issing required argument/],
    ["too many rows", ["compare", "a.safetensors", "--rows", "61"], 2, /at most 60/],
    ["too little memory", ["compare", "a.safetensors", "--memory-limit", "1kB"], 2, /error\[MEMORY_LIMIT\]/],
    ["a missing file", ["compare", "absent.safetensors"], 3, /error\[FILE_ACCESS\].*absent\.safetensors/],
    ["layers of another length", ["compare", "a.safetensors", "short.safetensors"], 3, /error\[SHAPE_MISMATCH\]/],
    ["a file without layers", ["compare", "labels.npy"], 3, /error\[NO_SUCH_TENSOR\].*labels\.npy.*"labels" \(<i8\)/],
    ["a pattern without a match", ["compare", "a.safetensors#conv*"], 3, /error\[NO_SUCH_TENSOR\].*blocks/],
    ["a directory that cannot be made", ["compare", "a.safetensors", "-o", "a.safetensors/out"], 4, /Could not write/],
  ])("%s", async (_, args, code, message) => {
    const outcome = await runGramian(args, { cwd: folder });
    expect({ code: outcome.code, stdout: outcome.stdout }).toEqual({ code, stdout: "" });
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr).not.toMatch(/^\s+at /m);
  });

  it("a pickle, with how to convert it", async () => {
    writeFileSync(at("layers.pt"), Buffer.from([0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46]));
    const { code, stderr } = await runGramian(["compare", at("layers.pt")]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/error\[UNSUPPORTED_FORMAT\].*pickle[\s\S]*safetensors/);
  });

  it("NaN, with the row and the column; --debug adds where it came from", async () => {
    const tensor = activations(10, 4, 1);
    tensor.data[17] = NaN;
    writeSafetensors(at("nan.safetensors"), { bad: tensor });
    const { code, stderr } = await runGramian(["compare", at("nan.safetensors"), "--debug"]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/error\[NON_FINITE\].*row 4, column 1/);
    expect(stderr).toMatch(/^\s+at /m);
  });
});

it("on a terminal a bar says how far it is, and is gone at the end", async () => {
  const layers = Object.fromEntries(Array.from({ length: 6 }, (_, l) => [`layer${l}`, activations(2000, 128, l)]));
  writeSafetensors(at("bar.safetensors"), layers);
  const command = `${process.execPath} dist/cli/main.js compare ${at("bar.safetensors")} -k rbf --precision f64`;
  // script(1) gives its child a terminal; it records what the terminal would show.
  const { code, stdout } = await run("script", ["-qec", command, "/dev/null"], { env: { TERM: "xterm" } });
  expect(code).toBe(0);
  expect(stdout).toMatch(/(bandwidths|comparing) {2}\[#*\.*\] +\d+% {2}\d+\/\d+ (layers|tiles)/);
  const table = stdout.slice(stdout.indexOf("CKA (biased)"));
  expect(table).not.toContain("[#");
});

it("a terminal's table is shaded, unless --no-color or NO_COLOR says otherwise", async () => {
  const shown = async (flag: string, env: Record<string, string> = {}): Promise<string> => {
    const line = `${process.execPath} dist/cli/main.js compare ${at("a.safetensors")} -q ${flag}`;
    const { code, stdout } = await run("script", ["-qec", line, "/dev/null"], {
      env: { TERM: "xterm-256color", ...env },
    });
    expect(code).toBe(0);
    return stdout;
  };
  const [coloured, flagged, told] = await Promise.all([shown(""), shown("--no-color"), shown("", { NO_COLOR: "1" })]);
  expect(coloured).toMatch(/\p{Cc}\[48;5;\d+m/u);
  expect(flagged).toContain("blocks.10");
  expect(`${flagged}${told}`).not.toMatch(/\p{Cc}\[/u);
});
