import { expected } from "../check.ts";
import type { ArgumentError } from "../errors.ts";
import { nearNames } from "../io/near-names.ts";
import { quoted } from "../io/quoted.ts";
import { activationWords } from "./checked-layer.ts";

/** One module of an order: `WORD`, `WORD(NUMBER)`, `WORD=POINT` or `WORD(NUMBER)=POINT`. */
export interface OrderToken {
  /** As it was written. */
  readonly text: string;
  /** A tensor's prefix or an activation's word. */
  readonly word: string;
  readonly isTensor: boolean;
  /** The slope of leaky_relu, the ε of a layer norm. */
  readonly parameter: number | null;
  /** The name of the point behind it, where the order gives one. */
  readonly point: string | null;
}

const words: readonly string[] = [...activationWords, "leaky_relu"];
const number = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

function unknownToken(word: string, prefixes: readonly string[], where: string): ArgumentError {
  const tensors = prefixes.length === 0 ? "none" : nearNames(prefixes, word).map(quoted).join(", ");
  return expected(`an activation (${words.join(", ")}) or the prefix of a weight`, where, word, {
    hint: `Nearest prefixes: ${tensors}.`,
  });
}

function parseToken(text: string, prefixes: readonly string[], where: string): OrderToken {
  // A prefix may hold any character, so whole prefixes are looked for first.
  const equals = prefixes.includes(text) ? -1 : text.indexOf("=");
  const point = equals < 0 ? null : text.slice(equals + 1);
  const module = equals < 0 ? text : text.slice(0, equals);
  if (point === "") throw expected("a name behind =", where, text);
  const [, base = module, inside] = prefixes.includes(module) ? [] : (module.match(/^([^()]+)\(([^()]*)\)$/) ?? []);
  const isTensor = prefixes.includes(base);
  if (!isTensor && !words.includes(base)) throw unknownToken(base, prefixes, where);
  if (inside !== undefined && !number.test(inside)) throw expected("a number in brackets", where, text);
  if (inside !== undefined && !isTensor && base !== "leaky_relu") {
    throw expected("a number in brackets only behind leaky_relu (its slope) or a layer norm (its ε)", where, text);
  }
  return { text, word: base, isTensor, parameter: inside === undefined ? null : Number(inside), point };
}

/**
 * The modules of a network in order, as the `order` of a file says them: separated by spaces; a word that is the prefix of a tensor
 * `….weight` is that tensor's layer, any other an activation.
 *
 * @throws ArgumentError INVALID_ARGUMENT for a word that is neither.
 */
export function parseOrder(order: string, prefixes: readonly string[], where: string): readonly OrderToken[] {
  const texts = order.split(/\s+/).filter((text) => text !== "");
  if (texts.length === 0) throw expected("at least one module", where, order);
  return texts.map((text) => parseToken(text, prefixes, where));
}
