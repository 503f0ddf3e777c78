import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { FileError } from "../../lib/errors.ts";
import { colourOf } from "../../lib/report/colours.ts";
import { toPairsCsv } from "../../lib/report/csv.ts";
import { fromResultsJson, parseResults, toResultsJson } from "../../lib/report/json.ts";
import { indexedPng } from "../../lib/report/png.ts";
import { toSvg } from "../../lib/report/svg.ts";
import { tableText } from "../../lib/report/table-text.ts";
import { writeReport } from "../../lib/report/write.ts";
import { familiesComparison } from "./families-sample.ts";
import { environment, hostileComparison, largeComparison, smallComparison, symmetricComparison } from "./sample.ts";

describe("results.json", () => {
  it.each([
    ["small", smallComparison()],
    ["symmetric", symmetricComparison()],
    ["hostile", hostileComparison()],
    ["many-familied", familiesComparison()],
  ])("gives the %s comparison back, to the bit", (_, data) => {
    expect(parseResults(toResultsJson(data, environment))).toEqual({ data, environment });
  });

  it("explains itself and holds null where there is no value", () => {
    const data = smallComparison();
    const text = toResultsJson(data, environment);
    const parsed = JSON.parse(text) as { schema: string; matrices: { values: (number | null)[][] }[] };
    expect(Object.keys(parsed)[0]).toBe("schema");
    expect(parsed.schema).toBe("gramian.comparison/2");
    expect(parsed.matrices[1]?.values[3]?.[1]).toBeNull();
    expect(text).not.toContain("NaN");
  });

  it("tells infinite values from undefined ones by the sign of the status, and keeps infinite ends of intervals", () => {
    const data = familiesComparison();
    const kmi = data.matrices.findIndex(({ metric }) => metric === "kmi");
    const parsed = JSON.parse(toResultsJson(data, environment)) as {
      matrices: { values: (number | null)[][]; status: number[][]; reasons: string[] }[];
    };
    const { values, status, reasons } = parsed.matrices[kmi]!;
    expect([values[4]![4], status[4]![4], reasons[0]]).toEqual([null, -1, data.matrices[kmi]!.reasons[0]]);
    expect([values[7]![4], status[7]![4], reasons[1]]).toEqual([null, 2, data.matrices[kmi]!.reasons[1]]);
    const [first, ...others] = data.matrices;
    const high = first!.intervals!.high.slice();
    high[5] = Infinity;
    const open = { ...data, matrices: [{ ...first!, intervals: { ...first!.intervals!, high } }, ...others] };
    expect(fromResultsJson(toResultsJson(open, environment))).toEqual(open);
  });

  it("of an earlier layout is refused with the version that wrote it", () => {
    const old = '{"schema":"gramian.comparison/1","gramian":"0.1.0","rows":[]}';
    expect(() => fromResultsJson(old)).toThrow(FileError);
    expect(() => fromResultsJson(old)).toThrow(/comparison\/1, which gramian 0\.1\.0 wrote/);
  });

  it.each([
    ["no JSON", "{", /JSON/],
    ["another schema", '{"schema":"other/9"}', /schema/],
    ["a matrix of the wrong size", null, /matrices/],
  ])("of %s is refused, naming what is wrong", (_, text, message) => {
    const broken = toResultsJson(smallComparison(), environment).replace('"rows": 5', '"rows": 6');
    const read = (): unknown => fromResultsJson(text ?? broken.replace('"rows":5', '"rows":6'));
    expect(read).toThrow(FileError);
    expect(read).toThrow(message);
  });
});

describe("pairs.csv", () => {
  /** RFC 4180, read by its grammar. */
  function parse(text: string): string[][] {
    const records: string[][] = [[]];
    let field = "";
    for (let i = 0; i < text.length; i += 1) {
      if (text[i] === '"') {
        for (i += 1; text[i] !== '"' || text[i + 1] === '"'; i += 1) {
          if (text[i] === '"') i += 1;
          field += text[i];
        }
      } else if (text[i] === ",") {
        records.at(-1)?.push(field);
        field = "";
      } else if (text.startsWith("\r\n", i)) {
        records.at(-1)?.push(field);
        field = "";
        records.push([]);
        i += 1;
      } else field += text[i];
    }
    return records.slice(0, -1);
  }

  it("has a line for every cell of every metric, with names and numbers as they are", () => {
    const data = hostileComparison();
    const [header = [], ...records] = parse(toPairsCsv(data));
    expect(records.length).toBe(data.matrices.reduce((count, matrix) => count + matrix.rows * matrix.columns, 0));
    const at = (name: string): number => header.indexOf(name);
    const { columns } = data.matrices[0] ?? { columns: 0 };
    for (const [k, record] of records.slice(0, (data.matrices[0]?.rows ?? 0) * columns).entries()) {
      expect(record[at("row")]).toBe(data.rows[Math.floor(k / columns)]?.name);
      expect(record[at("column")]).toBe(data.columns[k % columns]?.name);
      const ok = data.matrices[0]?.status[k] === 0;
      expect(record[at("status")]).toBe(ok ? "ok" : "undefined");
      expect(record[at("value")]).toBe(ok ? String(data.matrices[0]?.values[k]) : "");
    }
  });
});

describe("the columns of pairs.csv", () => {
  const columns =
    "row_source,row,column_source,column,metric,variant,parameters,kernel,value,error,p_value,p_holm,p_bh," +
    "null_mean,null_quantile,calibrated,low,high,status,reason";

  it("are all there in every table", () => {
    for (const data of [smallComparison(), familiesComparison()]) {
      expect(toPairsCsv(data).split("\r\n")[0]).toBe(columns);
    }
  });

  it("hold tests, intervals, parameters, and inf for what is infinite", () => {
    const data = familiesComparison();
    const lines = toPairsCsv(data).split("\r\n");
    const cell = (label: string, index: number): Record<string, string> => {
      const m = data.matrices.findIndex((matrix) => matrix.label === label);
      const fields = lines[1 + m * 144 + index]!.split(",");
      return Object.fromEntries(columns.split(",").map((column, k) => [column, fields[k] ?? ""]));
    };
    const { test, intervals } = data.matrices[0]!;
    expect(cell("KA", 2)).toMatchObject({
      p_value: String(test!.pValues[2]),
      p_holm: String(test!.holm[2]),
      p_bh: String(test!.benjaminiHochberg[2]),
      null_mean: String(test!.nullMean[2]),
      null_quantile: String(test!.nullQuantile[2]),
      calibrated: String(test!.calibrated![2]),
      low: String(intervals!.low[2]),
      high: String(intervals!.high[2]),
      status: "ok",
    });
    expect(cell("KMI", 0)).toMatchObject({ value: "inf", status: "infinite", parameters: "kappa=0.01", p_value: "" });
    expect(cell("KMI", 7)).toMatchObject({ value: "", status: "undefined" });
    expect(cell("R², forward", 3)).toMatchObject({ metric: "r2", variant: "forward", kernel: "" });
  });
});

describe("heat maps", () => {
  it("a PNG with a palette holds the pixels that were given", () => {
    const palette: [number, number, number][] = [
      [10, 20, 30],
      [200, 100, 0],
    ];
    const file = indexedPng(Uint8Array.of(0, 1, 0, 1, 1, 0), 3, 2, palette);
    expect(file.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    const chunk = (name: string): Buffer => {
      const start = file.indexOf(name, 0, "latin1");
      return file.subarray(start + 4, start + 4 + file.readUInt32BE(start - 4));
    };
    expect([chunk("IHDR").readUInt32BE(0), chunk("IHDR").readUInt32BE(4)]).toEqual([3, 2]);
    expect([...chunk("PLTE").subarray(0, 6)]).toEqual([10, 20, 30, 200, 100, 0]);
    // Each line begins with the number of its filter: none.
    expect([...inflateSync(chunk("IDAT"))]).toEqual([0, 0, 1, 0, 0, 1, 1, 0]);
  });

  it("an SVG is well-formed with hostile names and small at 200 × 200", () => {
    expect(toSvg(hostileComparison(), 0)).not.toMatch(/<script|<img|onerror=(?!&)/);
    expect(toSvg(largeComparison(), 0).length).toBeLessThan(300_000);
  });

  it("negative values have a hue of their own, and equal steps equal colours", () => {
    const scale = { id: "full", low: -1, high: 1, logarithmic: false } as const;
    expect(colourOf(-0.5, scale)).not.toEqual(colourOf(0.5, scale));
    expect(colourOf(0.5, scale)).toEqual(colourOf(0.5, { ...scale, low: -0.2 }));
  });
});

describe("tables for a terminal", () => {
  it("show every value where there is room, a dash and a reason where there is none", () => {
    const data = smallComparison();
    const text = tableText(data, data.matrices[1]!, { width: 80, colour: false });
    const lines = text.split("\n");
    expect(lines[0]).toContain("mlp-a ↓  cnn →");
    expect(lines[1]?.trim().split(/\s+/)).toEqual(["conv1", "conv2", "fc", "logits"]);
    expect(lines[5]?.trim().split(/\s+/)[2]).toBe("–");
    expect(lines.at(-1)).toContain("not above zero");
    expect(Math.max(...lines.slice(0, -1).map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(text).not.toContain("\u001b");
  });

  it("fall back to the closest column of each row when they are too wide", () => {
    const data = largeComparison();
    const lines = tableText(data, data.matrices[0]!, { width: 100, colour: true, lines: 300 }).split("\n");
    expect(lines[0]).toContain("closest column of each row");
    expect(lines.length).toBeGreaterThanOrEqual(201);
  });

  it("show directions, infinite values and what a permutation test found", () => {
    const data = familiesComparison();
    const lines = (label: string, width: number): string[] =>
      tableText(
        data,
        data.matrices.find((matrix) => matrix.label === label)!,
        { width, colour: false },
      ).split("\n");
    expect(lines("R², forward", 300)[0]).toContain("row → column");
    expect(lines("KA", 300)[0]).not.toContain("→");
    const kmi = lines("KMI", 300);
    expect(kmi[2]!.trim().split(/\s+/).slice(1, 3)[0]).toBe("∞");
    expect(kmi.slice(-2).map((line) => line[0])).toEqual(["∞", "–"]);
    expect(lines("KMI", 60)[1]).toContain("and 11 infinite");
    const ka = lines("KA", 300);
    expect(ka.at(-1)).toMatch(/^\d+ of 132 tested cells have p < 0\.05 after Holm \(1,999 permutations\)$/);
    const few = familiesComparison(18);
    // 153 pairs: the least p after Holm is 153/2000.
    expect(tableText(few, few.matrices[0]!, { width: 300, colour: false })).toContain("takes 3,060");
    // Of a distance the least value is the closest.
    const { values } = data.matrices.find(({ metric }) => metric === "angular")!;
    expect(lines("Angular shape", 60)[1]).toContain(Math.min(...values.subarray(1, 12)).toFixed(4));
  });

  it("do not let a name move the cursor", () => {
    const data = hostileComparison();
    const text = tableText(data, data.matrices[0]!, { width: 400, colour: false });
    expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
  });
});

describe("a directory of results", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "gramian-report-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("holds every file, whole, and nothing else", async () => {
    const data = smallComparison();
    const written = await writeReport(join(folder, "a", "b"), data, environment);
    const files = readdirSync(join(folder, "a", "b")).map((name) => join(folder, "a", "b", name));
    expect(files.sort()).toEqual([written.results, written.pairs, written.html, ...written.svg].sort());
    expect(readFileSync(written.results, "utf8")).toBe(toResultsJson(data, environment));
  });

  it("keeps the earlier files when it cannot be written", async () => {
    await writeReport(folder, smallComparison(), environment);
    const before = readFileSync(join(folder, "results.json"), "utf8");
    const controller = new AbortController();
    controller.abort(new Error("enough"));
    const again = writeReport(folder, symmetricComparison(), environment, { signal: controller.signal });
    await expect(again).rejects.toThrow("enough");
    expect(readFileSync(join(folder, "results.json"), "utf8")).toBe(before);
    writeFileSync(join(folder, "file"), "");
    const refused = writeReport(join(folder, "file", "out"), smallComparison(), environment);
    await expect(refused).rejects.toMatchObject({ code: "FILE_ACCESS" });
  });
});
