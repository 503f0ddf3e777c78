import { breaths } from "../breath.ts";
import type { Representation } from "../representation.ts";
import { meanOver, rowErrors, valuesOf } from "./row-errors.ts";
import type { OwnRisk } from "../stitching-result.ts";

/** Outputs against targets, row by row. */
export interface Scored {
  /** ‖h(x_i) − y_i‖². */
  readonly errors: Float64Array;
  /** 1 where the largest output is that of the class; null where the targets are not one-hot. */
  readonly hits: Uint8Array | null;
}

/** The class of every row of one-hot targets; null where a row is anything else than one 1 among zeros, or there is one column only. */
export function classesOf(targets: Representation): Uint32Array | null {
  const [values, columns] = [valuesOf(targets), targets.features];
  if (columns < 2) return null;
  const classes = new Uint32Array(targets.samples);
  for (let i = 0; i < classes.length; i += 1) {
    let ones = 0;
    for (let j = 0; j < columns; j += 1) {
      const value = values[i * columns + j]!;
      if (value === 1) {
        ones += 1;
        classes[i] = j;
      } else if (value !== 0) return null;
    }
    if (ones !== 1) return null;
  }
  return classes;
}

/** Whether the largest output of each row (the first of equal ones) is that of its class. */
async function hitsOf(outputs: Representation, classes: Uint32Array): Promise<Uint8Array> {
  const [values, columns] = [valuesOf(outputs), outputs.features];
  const hits = new Uint8Array(classes.length);
  const breath = breaths();
  for (let i = 0; i < hits.length; i += 1) {
    let best = 0;
    for (let j = 1; j < columns; j += 1) {
      if (values[i * columns + j]! > values[i * columns + best]!) best = j;
    }
    hits[i] = best === classes[i] ? 1 : 0;
    if (i % 256 === 0) await breath();
  }
  return hits;
}

/** `classes`: as {@link classesOf} has them of the targets, which need not be looked at again for every network. */
export async function score(
  outputs: Representation,
  targets: Representation,
  classes: Uint32Array | null,
): Promise<Scored> {
  return {
    errors: await rowErrors(outputs, targets),
    hits: classes === null ? null : await hitsOf(outputs, classes),
  };
}

/** Risk and accuracy over these rows; over all where there are none. */
export function riskOver({ errors, hits }: Scored, rows: ArrayLike<number> | null): OwnRisk {
  return { risk: meanOver(errors, rows), accuracy: hits === null ? null : meanOver(hits, rows) };
}
