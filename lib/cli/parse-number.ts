import { expected } from "../check.ts";

/** A parser of whole numbers for one option. */
export function wholeNumber(name: string, least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^[+-]?\d+$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    const span = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
    throw expected(`a whole number ${span}`, name, text);
  };
}

/** A parser of shares between 0 and 1, neither of them included, for one option. */
export function share(name: string): (text: string) => number {
  return (text) => {
    const value = /^[+]?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?$/i.test(text) ? Number(text) : NaN;
    if (value > 0 && value < 1) return value;
    throw expected("a number between 0 and 1", name, text);
  };
}

/** A parser of numbers above 0 for one option. */
export function positiveNumber(name: string): (text: string) => number {
  return (text) => {
    const value = text.trim() === "" ? NaN : Number(text);
    if (Number.isFinite(value) && value > 0) return value;
    throw expected("a number above 0", name, text);
  };
}
