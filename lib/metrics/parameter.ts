import { checkInteger, checkNumber, checkOneOf, expected, type NumberRange } from "../check.ts";

/** Parameters by name, defaults filled in. */
export type Parameters = Readonly<Record<string, number | string>>;

/** Something that a metric leaves to the caller. */
export interface Parameter {
  readonly name: string;
  readonly summary: string;
  readonly default: number | string;
  /** The value as it will be used, from what a caller or a command line gave. @throws ArgumentError with code INVALID_ARGUMENT. */
  readonly read: (value: unknown, where: string) => number | string;
}

/** Numbers may come as text, from a command line. */
function numeric(value: unknown): unknown {
  return typeof value === "string" && value.trim() !== "" ? Number(value) : value;
}

/** A parameter that is a number in a range. */
export function numberParameter(name: string, fallback: number, range: NumberRange, summary: string): Parameter {
  const read = (value: unknown, where: string): number => checkNumber(numeric(value), where, range);
  return { name, summary, default: fallback, read };
}

/** A parameter that is a whole number in a range. */
export function integerParameter(
  name: string,
  fallback: number,
  range: { readonly min: number },
  summary: string,
): Parameter {
  const read = (value: unknown, where: string): number => checkInteger(numeric(value), where, range);
  return { name, summary, default: fallback, read };
}

/** A parameter that is one of some words; the first is the default. */
export function wordParameter(name: string, words: readonly [string, ...string[]], summary: string): Parameter {
  return { name, summary, default: words[0], read: (value, where) => checkOneOf(value, where, words) };
}

/** All parameters of a metric, from those that were given. */
export function readParameters(
  declared: readonly Parameter[],
  given: Readonly<Record<string, unknown>>,
  where: string,
): Parameters {
  for (const name of Object.keys(given)) {
    if (declared.some((parameter) => parameter.name === name)) continue;
    const known = declared.map((parameter) => parameter.name).join(", ");
    throw expected(known === "" ? "no parameters" : `parameters among ${known}`, where, name);
  }
  return Object.fromEntries(
    declared.map(({ name, default: fallback, read }) => {
      const value = given[name];
      return [name, value === undefined ? fallback : read(value, `${where}.${name}`)];
    }),
  );
}
