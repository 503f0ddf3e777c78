import { inspect } from "node:util";

import { ArgumentError, type ErrorCode } from "./errors.ts";

const longestValue = 60;

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (typeof value !== "object") return typeof value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return "object";
  const maker: unknown = (prototype as { constructor?: unknown }).constructor;
  return typeof maker === "function" && maker.name !== "" ? maker.name : "object";
}

function shortened(text: string): string {
  return text.length <= longestValue ? text : `${text.slice(0, longestValue - 1)}…`;
}

/** `V of type T`, the way every message names what it was given. V is cut at 60 characters. */
export function describeValue(value: unknown): string {
  try {
    const text = inspect(value, {
      depth: 0,
      maxArrayLength: 3,
      maxStringLength: longestValue,
      breakLength: Infinity,
      compact: true,
      // A caller's own inspect function or getter has no business running inside an error message.
      customInspect: false,
      getters: false,
    });
    return `${shortened(text)} of type ${typeName(value)}`;
  } catch {
    // A revoked proxy, for instance, cannot be looked at in any way.
    return "something that cannot be shown";
  }
}

export interface ExpectedOptions {
  readonly code?: ErrorCode;
  /** One more sentence: what to do instead. */
  readonly hint?: string;
  readonly cause?: unknown;
  readonly details?: Record<string, unknown>;
}

/** The error of a wrong argument: `Expected WHAT for NAME but received V of type T.` It is made, not thrown. */
export function expected(what: string, name: string, received: unknown, options: ExpectedOptions = {}): ArgumentError {
  const sentence = `Expected ${what} for ${name} but received ${describeValue(received)}.`;
  const message = options.hint === undefined ? sentence : `${sentence} ${options.hint}`;
  const chain = options.cause === undefined ? undefined : { cause: options.cause };
  return new ArgumentError(options.code ?? "INVALID_ARGUMENT", message, { name, ...options.details }, chain);
}

/** A string that is not empty. */
export function checkString(value: unknown, name: string): string {
  if (typeof value !== "string" || value === "") throw expected("a non-empty string", name, value);
  return value;
}

export function checkBoolean(value: unknown, name: string): boolean {
  if (typeof value !== "boolean") throw expected("true or false", name, value);
  return value;
}

export interface NumberRange {
  /** The smallest number allowed. */
  readonly min?: number;
  /** The largest number allowed. */
  readonly max?: number;
  /** Only numbers above this one are allowed. */
  readonly above?: number;
}

function rangeText(range: NumberRange): string {
  const parts: string[] = [];
  if (range.above !== undefined) parts.push(`above ${range.above}`);
  if (range.min !== undefined && range.max !== undefined) parts.push(`from ${range.min} to ${range.max}`);
  else if (range.min !== undefined) parts.push(`of at least ${range.min}`);
  else if (range.max !== undefined) parts.push(`of at most ${range.max}`);
  return parts.length === 0 ? "" : ` ${parts.join(" and ")}`;
}

function inRange(value: number, range: NumberRange): boolean {
  if (range.above !== undefined && value <= range.above) return false;
  if (range.min !== undefined && value < range.min) return false;
  return range.max === undefined || value <= range.max;
}

/** A finite number in a range. */
export function checkNumber(value: unknown, name: string, range: NumberRange = {}): number {
  if (typeof value !== "number" || !Number.isFinite(value) || !inRange(value, range)) {
    throw expected(`a finite number${rangeText(range)}`, name, value);
  }
  return value;
}

/** A safe integer in a range. */
export function checkInteger(value: unknown, name: string, range: NumberRange = {}): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || !inRange(value, range)) {
    throw expected(`an integer${rangeText(range)}`, name, value);
  }
  return value;
}

/** One of a few strings. */
export function checkOneOf<T extends string>(value: unknown, name: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) {
    throw expected(`one of ${choices.map((choice) => JSON.stringify(choice)).join(", ")}`, name, value);
  }
  return found;
}

export function checkFunction<T extends (...values: never[]) => unknown>(value: T, name: string): T {
  if (typeof value !== "function") throw expected("a function", name, value);
  return value;
}

export function checkArray(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw expected("an array", name, value);
  return value as readonly unknown[];
}

/** An AbortSignal, of this realm or another. */
export function checkSignal(value: unknown, name: string): AbortSignal {
  const signal = value as Partial<AbortSignal> | null | undefined;
  if (
    typeof signal !== "object" ||
    signal === null ||
    typeof signal.aborted !== "boolean" ||
    typeof signal.addEventListener !== "function" ||
    typeof signal.removeEventListener !== "function"
  ) {
    throw expected("an AbortSignal", name, value);
  }
  return signal as AbortSignal;
}

/** A plain bag of options: `undefined` counts as an empty one; a key that is not known is refused, for it is mostly a typing slip. */
export function checkOptions<K extends string>(
  value: unknown,
  name: string,
  keys: readonly K[],
): Readonly<Partial<Record<K, unknown>>> {
  if (value === undefined) return {} as Partial<Record<K, unknown>>;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw expected("an object of options", name, value);
  }
  for (const key of Object.keys(value)) {
    if (!keys.some((known) => known === key)) {
      throw expected(`only the keys ${keys.join(", ")}`, name, key);
    }
  }
  return value as Partial<Record<K, unknown>>;
}
