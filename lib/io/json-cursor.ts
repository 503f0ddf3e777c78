import { quoted } from "./quoted.ts";

const deepest = 32;

const quote = 0x22;
const backslash = 0x5c;
const space = new Set([0x20, 0x09, 0x0a, 0x0d]);
const literals = ["true", "false", "null"];
const numberBytes = new Set(Buffer.from("0123456789+-.eE"));
const numberShape = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;

/** What a {@link JsonCursor} does with text that is not what it expects. `position` counts from the start of the text. */
export type JsonFailure = (position: number, problem: string) => Error;

/**
 * Reads JSON where it stands, step by step, as its caller expects it. JSON.parse would not do for a header from somewhere else: of two
 * equal keys it silently keeps the last, it cannot say at which byte a lie stands, and it builds whatever the text asks for.
 */
export class JsonCursor {
  readonly #bytes: Uint8Array;
  readonly #fail: JsonFailure;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  #position = 0;

  constructor(bytes: Uint8Array, fail: JsonFailure) {
    this.#bytes = bytes;
    this.#fail = fail;
  }

  /** Where the next token begins. */
  get position(): number {
    this.#skipSpace();
    return this.#position;
  }

  /** The character that the next token begins with; "" at the end. */
  get next(): string {
    return String.fromCharCode(...this.#bytes.subarray(this.position, this.position + 1));
  }

  /** An object; `member` must read the value of the key that it is given, and keys must differ. */
  object(member: (key: string, position: number) => void): void {
    this.#list("{", "}", (keys: Set<string>) => {
      const at = this.position;
      const key = this.string("a name in double quotes");
      if (keys.has(key)) throw this.#fail(at, `the name ${quoted(key)} stands twice in one object.`);
      keys.add(key);
      this.#expect(":");
      member(key, at);
    });
  }

  /** An array; `item` must read one value. */
  array(item: (position: number) => void): void {
    this.#list("[", "]", () => item(this.position));
  }

  string(what = "a string"): string {
    this.#skipSpace();
    const start = this.#position;
    if (this.#bytes[start] !== quote) throw this.#expected(what);
    let end = start + 1;
    while (end < this.#bytes.length && this.#bytes[end] !== quote) end += this.#bytes[end] === backslash ? 2 : 1;
    if (end >= this.#bytes.length) throw this.#fail(start, "the string that begins here does not end.");
    this.#position = end + 1;
    let text: unknown;
    try {
      // The piece is one string literal; this undoes its escapes and refuses wrong ones.
      text = JSON.parse(this.#decoder.decode(this.#bytes.subarray(start, end + 1)));
    } catch {
      throw this.#fail(start, "the string that begins here is not valid JSON in UTF-8.");
    }
    if (typeof text !== "string" || /\p{Surrogate}/u.test(text)) {
      throw this.#fail(start, "the string that begins here holds half of a surrogate pair.");
    }
    return text;
  }

  /** A whole number from 0 to 2^53 - 1. */
  integer(): number {
    const start = this.position;
    const text = this.#numberText();
    const value = Number(text);
    if (!/^(0|[1-9][0-9]*)$/.test(text) || !Number.isSafeInteger(value)) {
      this.#position = start;
      throw this.#expected("a whole number from 0 to 2^53 - 1");
    }
    return value;
  }

  /** Any value, which is checked to be JSON and forgotten. */
  skip(depth = 0): void {
    const start = this.position;
    if (depth > deepest) throw this.#fail(start, `values are nested more than ${deepest} deep.`);
    const next = String.fromCharCode(this.#bytes[start] ?? 0);
    if (next === "{") return this.object(() => this.skip(depth + 1));
    if (next === "[") return this.array(() => this.skip(depth + 1));
    if (next === '"') return void this.string();
    const literal = literals.find((word) => this.#startsWith(word));
    if (literal !== undefined) this.#position += literal.length;
    else if (!numberShape.test(this.#numberText())) {
      this.#position = start;
      throw this.#expected("a JSON value");
    }
  }

  /** Only white space may follow. */
  end(): void {
    this.#skipSpace();
    if (this.#position < this.#bytes.length) throw this.#expected("the end of the JSON text");
  }

  #list(open: string, close: string, item: (keys: Set<string>) => void): void {
    this.#expect(open);
    if (this.#take(close)) return;
    const keys = new Set<string>();
    do item(keys);
    while (this.#take(","));
    this.#expect(close);
  }

  #numberText(): string {
    const start = this.position;
    let end = start;
    // No honest number is longer.
    while (end - start < 400 && numberBytes.has(this.#bytes[end] ?? 0)) end++;
    this.#position = end;
    return Buffer.from(this.#bytes.subarray(start, end)).toString("latin1");
  }

  #skipSpace(): void {
    while (space.has(this.#bytes[this.#position] ?? 0)) this.#position++;
  }

  #startsWith(word: string): boolean {
    return [...word].every((character, k) => this.#bytes[this.#position + k] === character.charCodeAt(0));
  }

  #take(character: string): boolean {
    this.#skipSpace();
    if (this.#bytes[this.#position] !== character.charCodeAt(0)) return false;
    this.#position++;
    return true;
  }

  #expect(character: string): void {
    if (!this.#take(character)) throw this.#expected(`"${character}"`);
  }

  #expected(what: string): Error {
    this.#skipSpace();
    const byte = this.#bytes[this.#position];
    const found = byte === undefined ? "the end of the header" : shownByte(byte);
    return this.#fail(this.#position, `expected ${what} but found ${found}.`);
  }
}

/** A byte in a message: as a character where it is one that can be seen. */
export function shownByte(byte: number): string {
  return byte > 0x20 && byte < 0x7f
    ? `"${String.fromCharCode(byte)}"`
    : `the byte 0x${byte.toString(16).padStart(2, "0")}`;
}
