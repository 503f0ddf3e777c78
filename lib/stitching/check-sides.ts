import { checkArray, checkOptions, expected } from "../check.ts";
import { ArgumentError } from "../errors.ts";
import { GramMatrix } from "../gram-matrix.ts";
import { checkRows, type RowIndices } from "../matrix/rows.ts";
import type { PhaseOptions } from "../phase-job.ts";
import { Representation } from "../representation.ts";
import { checkSameSamples } from "../spectral/check-layers.ts";
import { checkWorkOptions, workKeys } from "../work-options.ts";
import type { FitOptions } from "./stitcher.ts";

/** What a fit is made of: the rows of both sides that it sees, and how it is run. */
export interface Sides {
  readonly sources: readonly Representation[];
  readonly targets: readonly Representation[];
  readonly samples: number;
  readonly work: PhaseOptions;
}

/** A layer of features: a stitcher has nothing to act on in a Gram matrix. */
export function checkFeatures(value: unknown, name: string): Representation {
  if (value instanceof Representation) return value;
  const hint = value instanceof GramMatrix ? { hint: "A Gram matrix has no features to stitch." } : {};
  throw expected("a Representation", name, value, hint);
}

function checkList(value: unknown, name: string): Representation[] {
  const list = checkArray(value, name).map((layer, i) => checkFeatures(layer, `${name}[${i}]`));
  if (list.length === 0) throw expected("at least one Representation", name, value);
  return list;
}

export interface CheckedFitOptions {
  readonly rows: RowIndices | null;
  readonly work: PhaseOptions;
}

/** @throws ArgumentError INVALID_ARGUMENT for an option that is not known or a row that is not there. */
export function checkFitOptions(options: FitOptions | undefined, samples: number, name: string): CheckedFitOptions {
  const { rows, ...work } = checkOptions(options, `${name}(options)`, [...workKeys, "rows"]);
  if (rows !== undefined) checkRows(rows as RowIndices, samples, "options.rows");
  return { rows: rows === undefined ? null : (rows as RowIndices), work: checkWorkOptions(work) };
}

/** @throws ArgumentError INVALID_ARGUMENT, or SHAPE_MISMATCH where layers have other samples than the first source. */
export function checkSides(sources: unknown, targets: unknown, options: FitOptions | undefined, name: string): Sides {
  const lists = [checkList(sources, "sources"), checkList(targets, "targets")] as const;
  const first = lists[0][0]!;
  for (const layer of lists.flat()) checkSameSamples(first, layer);
  const { rows, work } = checkFitOptions(options, first.samples, name);
  const [from, to] = lists.map((list) => (rows === null ? list : list.map((layer) => layer.rows(rows))));
  return { sources: from!, targets: to!, samples: rows === null ? first.samples : rows.length, work };
}

/** @throws ArgumentError SHAPE_MISMATCH when the layer has another number of features than `wanted`. */
export function checkWidth(layer: Representation, wanted: number, what: string): void {
  if (layer.features === wanted) return;
  throw new ArgumentError(
    "SHAPE_MISMATCH",
    `Expected ${wanted} features, ${what}, but received ${layer.features}: ${String(layer)}.`,
    { expected: wanted, received: layer.features },
  );
}
