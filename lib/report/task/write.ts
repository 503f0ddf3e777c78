import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import type { TaskAlignment } from "../../task-result.ts";
import type { ReportEnvironment } from "../environment.ts";
import { fileAccessError, writeTogether } from "../write-together.ts";
import { curvesCsvParts, layersCsv } from "./csv.ts";
import { taskHtml } from "./html.ts";
import { taskJson } from "./json.ts";

/** Where the results of a task were written. */
export interface WrittenTask {
  readonly results: string;
  readonly layers: string;
  readonly curves: string;
  readonly html: string;
}

/**
 * Writes results.json, layers.csv, curves.csv and task.html into a directory, which is made when it is not there: all of them whole, or none.
 *
 * @throws FileError with code FILE_ACCESS when the directory cannot be made or written.
 *
 * @example
 * ```ts
 * import { reportEnvironment, Representation, taskAlignment, writeTaskReport } from "gramian";
 * const layers = await Representation.loadAll("examples/mnist/mlp-a.safetensors", "relu*");
 * const targets = await Representation.load("examples/mnist/targets.safetensors", "onehot");
 * const { html } = await writeTaskReport("gramian-out/task", await taskAlignment(layers, targets), reportEnvironment());
 * console.log(`Open ${html}`);
 * ```
 */
export async function writeTaskReport(
  directory: string,
  data: TaskAlignment,
  environment: ReportEnvironment,
  options: { readonly title?: string; readonly signal?: AbortSignal } = {},
): Promise<WrittenTask> {
  options.signal?.throwIfAborted();
  try {
    await mkdir(directory, { recursive: true });
  } catch (cause) {
    throw fileAccessError(directory, "a directory that can be made", cause);
  }
  const written: WrittenTask = {
    results: join(directory, "results.json"),
    layers: join(directory, "layers.csv"),
    curves: join(directory, "curves.csv"),
    html: join(directory, "task.html"),
  };
  await writeTogether(
    [
      { path: written.results, parts: () => [taskJson(data, environment)] },
      { path: written.layers, parts: () => [layersCsv(data)] },
      { path: written.curves, parts: () => curvesCsvParts(data) },
      { path: written.html, parts: () => [taskHtml(data, environment, options.title)] },
    ],
    options.signal,
  );
  return written;
}
