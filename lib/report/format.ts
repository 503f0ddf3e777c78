/**
 * A value as it is shown: four decimals for metrics that live between fixed ends (their differences are what is read), four
 * significant digits for those that do not (they span orders of magnitude).
 */
export function formatValue(value: number, bounded: boolean): string {
  if (value === Infinity) return "∞";
  if (bounded && Math.abs(value) < 1000) return signless(value.toFixed(4));
  return significant(value, 4);
}

/** A value in a cell of a heat map, where there is room for about four characters. */
export function formatShort(value: number, bounded: boolean): string {
  if (value === Infinity) return "∞";
  if (bounded && Math.abs(value) < 100) return signless(value.toFixed(2));
  return significant(value, 2);
}

/** A standard error: two significant digits. */
export function formatError(value: number): string {
  return significant(value, 2);
}

/** A p-value: two significant digits, for more are noise in a permutation test. */
export function formatP(value: number): string {
  // Rounded first: the least of a thousand permutations is 1/1001, which is read as 0.001.
  return significant(Number(value.toPrecision(2)), 2);
}

/** A p-value in a cell of a heat map: what is small is what is read, and the zero before the point says nothing. */
export function formatShortP(value: number): string {
  const text = value < 0.01 ? significant(Number(value.toPrecision(1)), 1) : value.toFixed(2);
  return text.replace(/^0\./, ".");
}

/** A number beside a tick of a colour bar. */
export function formatTick(value: number): string {
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-3 || size >= 1e5)) return exponential(value.toExponential(2));
  return String(Number(value.toPrecision(4)));
}

/** With a true minus sign, for text that is read and not parsed. */
export function typographic(text: string): string {
  return text.replaceAll("-", "\u2212");
}

function significant(value: number, digits: number): string {
  const size = Math.abs(value);
  if (value === 0) return "0";
  if (size < 1e-3 || size >= 1e5) return exponential(value.toExponential(digits - 1));
  const text = value.toPrecision(digits);
  return text.includes("e") ? String(Number(text)) : text;
}

/** `1.20e+5` as `1.2e5`. */
function exponential(text: string): string {
  return text.replace(/\.?0*e\+?/, "e");
}

/** Rounding can leave a minus before a zero, which says nothing. */
function signless(text: string): string {
  return /^-0\.?0*$/.test(text) ? text.slice(1) : text;
}
