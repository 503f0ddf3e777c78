import type { Intervals, PermutationTest } from "../result.ts";
import type { JsonReader } from "./json-reader.ts";
import { readNumbers } from "./read-numbers.ts";

/** Reads what a permutation test found from a results.json. */
export function readTest(reader: JsonReader, rows: number, columns: number): PermutationTest {
  const numbers = (key: string): Float64Array => readNumbers(reader.get(key), rows, columns);
  return {
    permutations: reader.get("permutations").count(),
    seed: reader.get("seed").number(),
    pairs: reader.get("pairs").count(),
    quantile: reader.get("quantile").number(),
    pValues: numbers("pValues"),
    holm: numbers("holm"),
    benjaminiHochberg: numbers("benjaminiHochberg"),
    nullMean: numbers("nullMean"),
    nullQuantile: numbers("nullQuantile"),
    calibrated: reader.get("calibrated").orNull((calibrated) => readNumbers(calibrated, rows, columns)),
  };
}

/** Reads intervals over samples from a results.json. */
export function readIntervals(reader: JsonReader, rows: number, columns: number): Intervals {
  return {
    method: reader.get("method").oneOf(["bootstrap", "jackknife"]),
    level: reader.get("level").number(),
    resamples: reader.get("resamples").count(),
    low: readNumbers(reader.get("low"), rows, columns),
    high: readNumbers(reader.get("high"), rows, columns),
  };
}
