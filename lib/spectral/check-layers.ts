import { expected } from "../check.ts";
import { ArgumentError } from "../errors.ts";
import { GramMatrix } from "../gram-matrix.ts";
import type { Layer } from "../layer.ts";
import { Representation } from "../representation.ts";

export function checkLayer(value: unknown, name: string): Layer {
  if (value instanceof Representation || value instanceof GramMatrix) return value;
  throw expected("a Representation or a GramMatrix", name, value);
}

/** @throws ArgumentError SHAPE_MISMATCH when `other` has more or fewer samples than `first`. */
export function checkSameSamples(first: Layer, other: Layer): void {
  if (first.samples === other.samples) return;
  throw new ArgumentError(
    "SHAPE_MISMATCH",
    `Expected the same samples, row for row, but received ${String(first)} and ${String(other)}.`,
    { first: first.samples, other: other.samples },
  );
}
