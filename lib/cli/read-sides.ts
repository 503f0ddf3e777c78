import type { Representation } from "../representation.ts";
import type { CompareFlags } from "./commands/compare-command.ts";
import { layerReader } from "./inputs/read-layers.ts";
import { type RowSample, sampleRows } from "./inputs/sample-rows.ts";
import { sidesOf } from "./inputs/sides.ts";
import { survey } from "./inputs/survey.ts";
import { printable } from "./printable.ts";
import type { Progress } from "./progress.ts";

/** The layers of both sides, in memory. */
export interface ReadSides {
  readonly rows: readonly Representation[];
  /** Undefined where the rows are compared with each other. */
  readonly columns: readonly Representation[] | undefined;
  /** The sample of rows that was read of each; null where all rows were. */
  readonly sample: RowSample | null;
  /** What of the files was passed over, in words. */
  readonly notes: readonly string[];
}

/** Finds, checks and reads what the command line names. */
export async function readSides(
  inputs: readonly string[],
  flags: CompareFlags,
  progress: Progress,
  signal: AbortSignal,
): Promise<ReadSides> {
  const sides = await sidesOf(inputs, flags);
  const { layers, layerAxis } = flags;
  const surveyed = await survey([...sides.rows, ...(sides.columns ?? [])], { layers, layerAxis, signal });
  const files = [...surveyed.values()];
  const sample = flags.rows === undefined ? null : sampleRows(flags.rows, files[0]?.samples ?? 0, flags.seed ?? 0);

  let done = 0;
  progress.begin(
    "reading",
    files.reduce((count, file) => count + file.tensors.length, 0),
    "tensors",
  );
  const read = layerReader({
    surveyed,
    layerAxis: flags.layerAxis,
    flatten: flags.flatten === true,
    rows: sample?.rows,
    signal,
    onFile: (path) => progress.update(done, `reading ${printable(path)}`),
    onTensor: () => progress.update((done += 1)),
  });
  const rows = await read(sides.rows);
  const columns = sides.columns === null ? undefined : await read(sides.columns);
  progress.end();
  const notes = files
    .filter(({ leftOut }) => leftOut.length > 0)
    .map(({ path, leftOut }) => `${printable(path)}: left out ${leftOut.join(", ")}, which cannot be layers`);
  return { rows, columns, sample, notes };
}
