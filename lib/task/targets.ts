import { types } from "node:util";

import { checkLayer } from "../spectral/check-layers.ts";
import { checkOptions, checkString, expected } from "../check.ts";
import { ArgumentError } from "../errors.ts";
import { emptyElements } from "../matrix/typed-array.ts";
import { Representation } from "../representation.ts";

/** Targets as plain numbers: n×t, row-major. */
export interface TargetArray {
  readonly data: Float64Array | Float32Array;
  readonly shape: readonly [number, number];
  /** What reports call them; "targets" by default. */
  readonly name?: string;
}

/**
 * What a layer is aligned to: numbers (an n×t {@link Representation}, `{ data, shape }`, or a Float64Array or Float32Array of length n), or n class
 * labels (an array or typed array of integers), which become one-hot columns in the order of the labels.
 */
export type Targets =
  | Representation
  | TargetArray
  | Float64Array
  | Float32Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | readonly number[]
  | readonly bigint[];

export interface CheckedTargets {
  readonly representation: Representation;
  readonly classes: Float64Array | null;
}

/** More one-hot columns than this are not classes but a slip: an index in place of a label. */
const mostClasses = 10_000;

function labelsOf(value: ArrayLike<number | bigint>, name: string): Float64Array {
  const labels = new Float64Array(value.length);
  for (let i = 0; i < labels.length; i += 1) {
    const label: unknown = value[i];
    const number = typeof label === "bigint" ? Number(label) : label;
    if (typeof number !== "number" || !Number.isSafeInteger(number)) {
      throw expected("an integer, the label of a class,", `${name}[${i}]`, label, {
        hint: "Numbers to predict are given as a Float64Array, or with a shape.",
      });
    }
    labels[i] = number;
  }
  return labels;
}

function oneHot(labels: Float64Array, name: string): CheckedTargets {
  const classes = Float64Array.from(new Set(labels)).sort();
  if (classes.length > mostClasses) {
    throw new ArgumentError(
      "INVALID_ARGUMENT",
      `Expected at most ${mostClasses} classes in ${name} but received ${classes.length} different labels.`,
      { classes: classes.length },
    );
  }
  const place = new Map([...classes].map((label, column) => [label, column]));
  const data = emptyElements("f32", labels.length * classes.length) as Float32Array;
  for (const [i, label] of labels.entries()) data[i * classes.length + place.get(label)!] = 1;
  const shape = [labels.length, classes.length] as const;
  return { representation: Representation.fromArray(data, shape, { name: "labels", take: true }), classes };
}

function numbers(data: Float64Array | Float32Array, shape: readonly [number, number], name: string): CheckedTargets {
  return { representation: Representation.fromArray(data, shape, { name }), classes: null };
}

function read(value: unknown, name: string): CheckedTargets {
  if (value instanceof Representation) return { representation: value, classes: null };
  if (types.isFloat64Array(value) || types.isFloat32Array(value)) return numbers(value, [value.length, 1], "targets");
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    const list = value as unknown as ArrayLike<number | bigint>;
    if (list.length === 0) throw expected("at least one label", name, value);
    return oneHot(labelsOf(list, name), name);
  }
  if (typeof value === "object" && value !== null && "data" in value) {
    const given = checkOptions(value, name, ["data", "shape", "name"]);
    if (!types.isFloat64Array(given.data) && !types.isFloat32Array(given.data)) {
      throw expected("a Float64Array or Float32Array", `${name}.data`, given.data);
    }
    const called = given.name === undefined ? "targets" : checkString(given.name, `${name}.name`);
    return numbers(given.data, given.shape as readonly [number, number], called);
  }
  checkLayer(value, name);
  throw expected("numbers or labels", name, value, { hint: "A Gram matrix is no target: give what it was made from." });
}

/**
 * The targets as an n×t representation.
 *
 * @throws ArgumentError INVALID_ARGUMENT for what is none, or is 0 everywhere; SHAPE_MISMATCH when there are not as many as samples.
 */
export function checkTargets(value: unknown, samples: number, name: string): CheckedTargets {
  const found = checkTargetNumbers(value, samples, name);
  if (found.representation.facts.maxAbs === 0) {
    throw new ArgumentError("INVALID_ARGUMENT", `Expected ${name} that are not all 0: nothing aligns with nothing.`);
  }
  return found;
}

/**
 * The same where targets of 0 are as good as others, as they are to a risk.
 *
 * @throws ArgumentError INVALID_ARGUMENT for what is none; SHAPE_MISMATCH when there are not as many as samples.
 */
export function checkTargetNumbers(value: unknown, samples: number, name: string): CheckedTargets {
  const found = read(value, name);
  const { representation } = found;
  if (representation.samples !== samples) {
    throw new ArgumentError(
      "SHAPE_MISMATCH",
      `Expected targets for each of the ${samples} samples, row for row, but received ${representation.samples}: ${String(representation)}.`,
      { samples, targets: representation.samples },
    );
  }
  return found;
}
