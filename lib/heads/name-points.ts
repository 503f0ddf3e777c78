import { ArgumentError } from "../errors.ts";
import { quoted } from "../io/quoted.ts";
import type { OrderToken } from "./parse-order.ts";

/** A place in a network where a stitcher may end: behind so many of its layers. */
export interface Point {
  readonly name: string;
  readonly behind: number;
}

const output = "logits";

/**
 * The stitch points of an order: behind every activation (`relu1`, `relu2`, … by its word and how often that stood before) and wherever
 * the order gives a name; the output is `logits` where it has no other name. A linear layer or a layer norm has none by itself: what
 * people record of a network are its activations.
 */
export function namePoints(tokens: readonly OrderToken[], where: string): readonly Point[] {
  const counts = new Map<string, number>();
  const points: Point[] = [];
  for (const [index, { word, isTensor, point }] of tokens.entries()) {
    const count = (counts.get(word) ?? 0) + 1;
    counts.set(word, count);
    const last = index + 1 === tokens.length ? output : null;
    const name = point ?? (isTensor ? last : `${word}${count}`);
    if (name === null) continue;
    if (points.some((other) => other.name === name)) {
      const message = `Expected stitch points with names of their own in ${where} but received ${quoted(name)} twice.`;
      throw new ArgumentError("INVALID_ARGUMENT", message, { name });
    }
    points.push({ name, behind: index + 1 });
  }
  return points;
}
