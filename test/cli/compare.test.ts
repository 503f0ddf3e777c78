import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
  writeNpy(at("stack.npy"), { shape: [60, 3, 4], data });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Results {
  readonly schema: string;
  readonly rows: readonly { readonly name: string; readonly samples: number }[];
  readonly columns: readonly { readonly name: string }[];
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
    expect(found.schema).toBe("gramian.comparison/1");
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
    expect(again?.matrices).toEqual(first?.matrices);
    expect(other?.matrices).not.toEqual(first?.matrices);
  });
});

describe("what comes out", () => {
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
    expect(stderr).toMatch(/3 × 2 layers on 60 samples; feature space, f32 tiles/);
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
    ["an unknown metric", ["compare", "a.safetensors", "-m", "ckaa"], 2, /one of cka, cka\.biased/],
    ["an unknown kernel", ["compare", "a.safetensors", "-k", "gauss"], 2, /rbf:median\*0\.5/],
    ["no input", ["compare"], 2, /[Mm]issing required argument/],
    ["too many rows", ["compare", "a.safetensors", "--rows", "61"], 2, /at most 60/],
    ["too little memory", ["compare", "a.safetensors", "--memory-limit", "1kB"], 2, /error\[MEMORY_LIMIT\]/],
    ["a missing file", ["compare", "absent.safetensors"], 3, /error\[FILE_ACCESS\].*absent\.safetensors/],
    ["layers of another length", ["compare", "a.safetensors", "short.safetensors"], 3, /error\[SHAPE_MISMATCH\]/],
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

describe("an interrupted run", () => {
  it("ends with 130, leaves no file and no directory behind, and says so", async () => {
    const size = 3000;
    const layers = Object.fromEntries(Array.from({ length: 12 }, (_, l) => [`layer${l}`, activations(size, 256, l)]));
    writeSafetensors(at("long.safetensors"), layers);
    const out = at("interrupted/here");
    const { code, stderr } = await runGramian(
      ["compare", at("long.safetensors"), "-k", "rbf", "-k", "laplacian", "--precision", "f64", "-o", out],
      {
        onStart: (child) => {
          // Once it has made its directory it is under way; the comparison itself takes seconds.
          const watch = setInterval(() => {
            if (!existsSync(out)) return;
            clearInterval(watch);
            setTimeout(() => child.kill("SIGINT"), 150);
          }, 10);
        },
      },
    );
    expect(code).toBe(130);
    expect(stderr).toContain("Nothing was written.");
    expect(existsSync(at("interrupted"))).toBe(false);
  });
});
