import type { Scale } from "../scale.ts";

/** Beyond this ratio of a large excess to a small one, equal steps of colour are equal ratios: or all but the worst pairs look alike. */
const wide = 40;
/** No more than this many decades: the smallest of many numbers says little. */
const decades = 4;

/** One scale of colour for all maps of a set of rows, so that directions can be compared. */
export function excessScale(values: readonly number[]): Scale {
  const finite = values.filter((value) => Number.isFinite(value)).toSorted((a, b) => a - b);
  const [low, high] = [finite[0] ?? 0, finite.at(-1) ?? 1];
  const positive = finite.filter((value) => value > 0);
  const small = positive[Math.floor(positive.length / 10)];
  if (small !== undefined && high / small > wide) {
    const least = positive[0]!;
    return { id: "log", low: Math.max(least, high / 10 ** decades), high, logarithmic: true };
  }
  return { id: "data", low: Math.min(0, low), high: Math.max(0, high), logarithmic: false };
}
