import { describeValue } from "../check.ts";
import { FileError } from "../errors.ts";

/** Reads one value of a JSON file, knowing where it stands, so that a refusal can name the place. */
export class JsonReader {
  readonly #value: unknown;
  readonly #path: string;

  constructor(value: unknown, path: string) {
    this.#value = value;
    this.#path = path;
  }

  refuse(what: string): FileError {
    const place = this.#path === "" ? "the whole file" : this.#path;
    const message = `Expected ${what} for ${place} of results.json but received ${describeValue(this.#value)}.`;
    return new FileError("CORRUPT_FILE", message, { path: this.#path });
  }

  get(key: string): JsonReader {
    const members = this.members();
    const value = Object.hasOwn(members, key) ? members[key] : undefined;
    return new JsonReader(value, this.#path === "" ? key : `${this.#path}.${key}`);
  }

  members(): Readonly<Record<string, unknown>> {
    const value = this.#value;
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw this.refuse("an object");
    return value as Readonly<Record<string, unknown>>;
  }

  items(): JsonReader[] {
    if (!Array.isArray(this.#value)) throw this.refuse("an array");
    return this.#value.map((item: unknown, i) => new JsonReader(item, `${this.#path}[${i}]`));
  }

  isNull(): boolean {
    return this.#value === null;
  }

  isString(): boolean {
    return typeof this.#value === "string";
  }

  isNumber(): boolean {
    return typeof this.#value === "number";
  }

  string(): string {
    if (typeof this.#value !== "string") throw this.refuse("a string");
    return this.#value;
  }

  boolean(): boolean {
    if (typeof this.#value !== "boolean") throw this.refuse("true or false");
    return this.#value;
  }

  /** JSON.parse gives Infinity for a number beyond a double's range, which no gramian wrote. */
  number(): number {
    if (typeof this.#value !== "number" || !Number.isFinite(this.#value)) throw this.refuse("a finite number");
    return this.#value;
  }

  count(): number {
    const value = this.#value;
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw this.refuse("a count");
    return value;
  }

  orNull<T>(read: (reader: JsonReader) => T): T | null {
    return this.isNull() ? null : read(this);
  }

  oneOf<T extends string | number>(choices: readonly T[]): T {
    const found = choices.find((choice) => choice === this.#value);
    if (found === undefined) throw this.refuse(`one of ${choices.map((choice) => JSON.stringify(choice)).join(", ")}`);
    return found;
  }

  numbers(): Readonly<Record<string, number>> {
    return Object.fromEntries(Object.keys(this.members()).map((key) => [key, this.get(key).number()]));
  }
}
