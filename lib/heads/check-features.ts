import { expected } from "../check.ts";
import { ArgumentError } from "../errors.ts";
import { Representation } from "../representation.ts";

/** Features that a head can run on. @throws ArgumentError INVALID_ARGUMENT, or SHAPE_MISMATCH with both widths. */
export function checkFeatures(
  value: unknown,
  head: { readonly name: string; readonly inputs: number },
): Representation {
  if (!(value instanceof Representation)) throw expected("a Representation", "features", value);
  if (value.features !== head.inputs) {
    throw new ArgumentError(
      "SHAPE_MISMATCH",
      `Expected ${head.inputs} features, as head ${head.name} takes, but received ${value.features}: ${String(value)}.`,
      { head: head.name, expected: head.inputs, received: value.features },
    );
  }
  return value;
}
