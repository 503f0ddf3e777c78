import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import type { ComparisonData } from "../result.ts";
import { pairsCsvParts } from "./csv.ts";
import type { ReportEnvironment } from "./environment.ts";
import { toHtml, type ReportOptions } from "./html.ts";
import { toResultsJson } from "./json.ts";
import { fileAccessError, writeTogether } from "./write-together.ts";
import { heatmapNames } from "./heatmap-names.ts";
import { toSvg } from "./svg.ts";

/** Where a report was written. */
export interface WrittenReport {
  readonly results: string;
  readonly pairs: string;
  readonly html: string;
  /** One heat map a metric, in the order of the result's matrices. */
  readonly svg: readonly string[];
}

export interface WriteOptions extends ReportOptions {
  /** Gives up and leaves no half-written file behind. */
  readonly signal?: AbortSignal;
}

/**
 * Writes results.json, pairs.csv, report.html and one heatmap-….svg a metric into a directory, which is made when it is not there.
 * Every file is written beside its place under another name and moved there when all are whole, so no reader ever sees half a
 * file, and a failure leaves the files of an earlier run as they were.
 *
 * @throws FileError with code FILE_ACCESS when the directory cannot be made or written.
 *
 * @example
 * ```ts
 * import { compare, Representation, reportEnvironment, writeReport } from "gramian";
 * const result = await compare(await Representation.loadAll("examples/mnist/mlp-a.safetensors"));
 * const { html } = await writeReport("gramian-out/example", result, reportEnvironment());
 * console.log(`Open ${html}`);
 * ```
 */
export async function writeReport(
  directory: string,
  data: ComparisonData,
  environment: ReportEnvironment,
  options: WriteOptions = {},
): Promise<WrittenReport> {
  options.signal?.throwIfAborted();
  try {
    await mkdir(directory, { recursive: true });
  } catch (cause) {
    throw fileAccessError(directory, "a directory that can be made", cause);
  }
  const written: WrittenReport = {
    results: join(directory, "results.json"),
    pairs: join(directory, "pairs.csv"),
    html: join(directory, "report.html"),
    svg: heatmapNames(data.matrices).map((name) => join(directory, name)),
  };
  await writeTogether(
    [
      { path: written.results, parts: () => [toResultsJson(data, environment)] },
      { path: written.pairs, parts: () => pairsCsvParts(data) },
      { path: written.html, parts: () => [toHtml(data, environment, options)] },
      ...written.svg.map((path, i) => ({ path, parts: () => [toSvg(data, i)] })),
    ],
    options.signal,
  );
  return written;
}
