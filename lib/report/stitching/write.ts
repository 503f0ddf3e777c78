import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { checkString } from "../../check.ts";
import type { StitchingResult } from "../../stitching-result.ts";
import type { ReportEnvironment } from "../environment.ts";
import { fileAccessError, writeTogether } from "../write-together.ts";
import { stitchingCsvParts } from "./csv.ts";
import { stitchingFigures } from "./figures.ts";
import { stitchingHtml } from "./html.ts";
import { stitchingJson } from "./json.ts";

/** Where the results of a sweep of stitchings were written. */
export interface WrittenStitching {
  readonly results: string;
  readonly pairs: string;
  readonly html: string;
  /** SVG files: excess risks a direction, risk against bound, alignment against excess. */
  readonly figures: readonly string[];
}

/**
 * Writes results.json, stitching.csv, report.html and its figures as SVG files into a directory, which is made when it is not there: all of
 * them whole, or none.
 *
 * @throws FileError with code FILE_ACCESS when the directory cannot be made or written; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { loadNetwork, reportEnvironment, Representation, stitchNetworks, writeStitchingReport } from "gramian";
 * const side = async (name: string) => ({
 *   network: await loadNetwork(`examples/mnist/${name}.weights.safetensors`),
 *   layers: await Representation.loadAll(`examples/mnist/${name}.safetensors`),
 * });
 * const targets = await Representation.load("examples/mnist/targets.safetensors", "onehot");
 * const result = await stitchNetworks(await side("mlp-a"), await side("mlp-b"), targets, { split: 0.8, seed: 1 });
 * const { html } = await writeStitchingReport("gramian-out/stitching", result, reportEnvironment());
 * console.log(`Open ${html}`);
 * ```
 */
export async function writeStitchingReport(
  directory: string,
  result: StitchingResult,
  environment: ReportEnvironment,
  options: { readonly title?: string; readonly signal?: AbortSignal } = {},
): Promise<WrittenStitching> {
  checkString(directory, "directory");
  options.signal?.throwIfAborted();
  const drawn = stitchingFigures(result).map(({ file, svg }) => ({ path: join(directory, file), parts: () => [svg] }));
  try {
    await mkdir(directory, { recursive: true });
  } catch (cause) {
    throw fileAccessError(directory, "a directory that can be made", cause);
  }
  const written: WrittenStitching = {
    results: join(directory, "results.json"),
    pairs: join(directory, "stitching.csv"),
    html: join(directory, "report.html"),
    figures: drawn.map(({ path }) => path),
  };
  await writeTogether(
    [
      { path: written.results, parts: () => [stitchingJson(result, environment)] },
      { path: written.pairs, parts: () => stitchingCsvParts(result) },
      { path: written.html, parts: () => [stitchingHtml(result, environment, options.title)] },
      ...drawn,
    ],
    options.signal,
  );
  return written;
}
