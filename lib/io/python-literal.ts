import { quoted } from "./quoted.ts";

const deepest = 16;

/** A Python literal, of those that a .npy header is made of. Tuples and lists are both arrays. */
export type PythonValue = string | number | boolean | null | readonly PythonValue[] | PythonDict;

export interface PythonEntry {
  readonly value: PythonValue;
  /** The value as it was written. */
  readonly source: string;
  /** Where the key stands. */
  readonly position: number;
}

/** The entries of a dict in their order. */
export class PythonDict {
  readonly entries: ReadonlyMap<string, PythonEntry>;

  constructor(entries: ReadonlyMap<string, PythonEntry>) {
    this.entries = entries;
  }
}

/** What is wrong with a literal, and where. */
export class PythonSyntaxError extends Error {
  readonly position: number;

  constructor(position: number, message: string) {
    super(message);
    this.position = position;
  }
}

class Reader {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): PythonValue {
    this.#skipSpace();
    if (depth > deepest) throw this.#error(`values are nested more than ${deepest} deep`);
    const next = this.#text[this.#position];
    if (next === "{") return this.#dict(depth);
    if (next === "(") return this.#sequence("(", ")", depth);
    if (next === "[") return this.#sequence("[", "]", depth);
    if (next === "'" || next === '"') return this.#string(next);
    return this.#word();
  }

  end(): void {
    this.#skipSpace();
    if (this.#position < this.#text.length) throw this.#error("expected the end of the header");
  }

  #dict(depth: number): PythonDict {
    const entries = new Map<string, PythonEntry>();
    this.#expect("{");
    while (!this.#take("}")) {
      this.#skipSpace();
      const position = this.#position;
      const key = this.value(depth + 1);
      if (typeof key !== "string") throw new PythonSyntaxError(position, "expected a key in quotes");
      if (entries.has(key)) throw new PythonSyntaxError(position, `the key ${quoted(key)} stands twice`);
      this.#expect(":");
      this.#skipSpace();
      const start = this.#position;
      const value = this.value(depth + 1);
      entries.set(key, { value, source: this.#text.slice(start, this.#position), position });
      if (!this.#take(",")) {
        this.#expect("}");
        break;
      }
    }
    return new PythonDict(entries);
  }

  #sequence(open: string, close: string, depth: number): PythonValue {
    const values: PythonValue[] = [];
    let comma = false;
    this.#expect(open);
    while (!this.#take(close)) {
      values.push(this.value(depth + 1));
      comma = this.#take(",");
      if (!comma) {
        this.#expect(close);
        break;
      }
    }
    // (3) is the number 3; (3,) is a tuple.
    const [only] = values;
    return open === "(" && values.length === 1 && !comma && only !== undefined ? only : values;
  }

  /** Escapes are kept as they stand: no type that is read has any in its description. */
  #string(mark: string): string {
    const start = this.#position + 1;
    let end = start;
    while (end < this.#text.length && this.#text[end] !== mark) end += this.#text[end] === "\\" ? 2 : 1;
    if (end >= this.#text.length) throw this.#error("the string that begins here does not end");
    this.#position = end + 1;
    return this.#text.slice(start, end);
  }

  #word(): PythonValue {
    const start = this.#position;
    const word = /^[A-Za-z0-9_+.-]{1,40}/.exec(this.#text.slice(start, start + 40))?.[0] ?? "";
    this.#position += word.length;
    if (word === "True") return true;
    if (word === "False") return false;
    if (word === "None") return null;
    // Python 2 wrote long integers with an L behind.
    const digits = /^(0|[1-9][0-9]*)L?$/.exec(word)?.[1];
    const number = Number(digits ?? Number.NaN);
    if (Number.isSafeInteger(number)) return number;
    this.#position = start;
    throw this.#error("expected a string, a whole number below 2^53, True, False, a tuple or a list");
  }

  #skipSpace(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#position] ?? "")) this.#position++;
  }

  #take(character: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#position] !== character) return false;
    this.#position++;
    return true;
  }

  #expect(character: string): void {
    if (!this.#take(character)) throw this.#error(`expected "${character}"`);
  }

  #error(problem: string): PythonSyntaxError {
    return new PythonSyntaxError(Math.min(this.#position, this.#text.length), problem);
  }
}

/** Reads one literal and nothing else. Nothing is evaluated. Throws {@link PythonSyntaxError}. */
export function parsePythonLiteral(text: string): PythonValue {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}
