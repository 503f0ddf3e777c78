/**
 * Numbers of about 32 digits: an unevaluated sum hi + lo of two doubles, |lo| ≤ ulp(hi)/2 (Dekker 1971; Hida, Li & Bailey 2001).
 *
 * The twins compute with these so that a definition can be followed to the letter, without any of the tricks (centring first, shifting
 * the kernel) that the engine needs: subtracting two numbers that agree in 16 digits still leaves 16.
 */
export interface DoubleDouble {
  readonly hi: number;
  readonly lo: number;
}

const splitter = 134217729; // 2^27 + 1: cuts a double into two halves of 26 bits, whose products are exact

/** Rounding error of the double product `p = a·b`. */
function productError(a: number, b: number, p: number): number {
  const ta = splitter * a;
  const aHigh = ta - (ta - a);
  const aLow = a - aHigh;
  const tb = splitter * b;
  const bHigh = tb - (tb - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - p + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

/** Rounding error of the double sum `s = a + b`. */
function sumError(a: number, b: number, s: number): number {
  const bRounded = s - a;
  return a - (s - bRounded) + (b - bRounded);
}

/** hi + lo with |lo| brought below half an ulp of hi; needs |hi| ≥ |lo|. */
function normalise(hi: number, lo: number): DoubleDouble {
  const s = hi + lo;
  return { hi: s, lo: lo - (s - hi) };
}

export function dd(x: number): DoubleDouble {
  return { hi: x, lo: 0 };
}

export function toNumber(a: DoubleDouble): number {
  return a.hi + a.lo;
}

export function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const s = a.hi + b.hi;
  const t = a.lo + b.lo;
  const first = normalise(s, sumError(a.hi, b.hi, s) + t);
  return normalise(first.hi, first.lo + sumError(a.lo, b.lo, t));
}

export function negate(a: DoubleDouble): DoubleDouble {
  return { hi: -a.hi, lo: -a.lo };
}

export function subtract(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  return add(a, negate(b));
}

export function multiply(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const p = a.hi * b.hi;
  return normalise(p, productError(a.hi, b.hi, p) + (a.hi * b.lo + a.lo * b.hi));
}

export function divide(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  // Long division, three digits of 53 bits.
  const first = a.hi / b.hi;
  const afterFirst = subtract(a, multiply(dd(first), b));
  const second = afterFirst.hi / b.hi;
  const afterSecond = subtract(afterFirst, multiply(dd(second), b));
  return add(normalise(first, second), dd(afterSecond.hi / b.hi));
}

export function squareRoot(a: DoubleDouble): DoubleDouble {
  if (a.hi === 0) return dd(0);
  // One Newton step from the double root doubles its digits.
  const root = dd(Math.sqrt(a.hi));
  const residual = subtract(a, multiply(root, root));
  return add(root, dd(residual.hi / (2 * root.hi)));
}

const logarithmOf2: DoubleDouble = { hi: 0.6931471805599453, lo: 2.3190468138462996e-17 };

const halvings = 8;

/** 1/2!, 1/3!, … as far as they matter for arguments below log(2)/2 / 2^halvings. */
const reciprocalFactorials = Array.from({ length: 12 }, (_, k) => {
  let factorial = 1;
  for (let i = 2; i <= k + 2; i++) factorial *= i; // at most 13!, exact
  return divide(dd(1), dd(factorial));
});

export function exponential(x: DoubleDouble): DoubleDouble {
  if (x.hi < -745) return dd(0);
  const k = Math.round(x.hi / logarithmOf2.hi);
  const remainder = subtract(x, multiply(dd(k), logarithmOf2));
  const r = { hi: remainder.hi / 2 ** halvings, lo: remainder.lo / 2 ** halvings };
  // exp(r) − 1 by its series; then exp(2r) − 1 = 2s + s², so that nothing is lost to the leading 1.
  let power = r;
  let s = r;
  for (const coefficient of reciprocalFactorials) {
    power = multiply(power, r);
    s = add(s, multiply(power, coefficient));
  }
  for (let i = 0; i < halvings; i++) s = add({ hi: 2 * s.hi, lo: 2 * s.lo }, multiply(s, s));
  const value = add(s, dd(1));
  return { hi: value.hi * 2 ** k, lo: value.lo * 2 ** k };
}

/** A running sum of 32 digits. */
export class Sum {
  hi = 0;
  lo = 0;

  add(x: number): void {
    const s = this.hi + x;
    const error = sumError(this.hi, x, s) + this.lo;
    this.hi = s + error;
    this.lo = error - (this.hi - s);
  }

  addPair(hi: number, lo: number): void {
    const s = this.hi + hi;
    const t = this.lo + lo;
    const error = sumError(this.hi, hi, s) + t;
    const s2 = s + error;
    const rest = error - (s2 - s) + sumError(this.lo, lo, t);
    this.hi = s2 + rest;
    this.lo = rest - (this.hi - s2);
  }

  /** Adds a·b of two doubles. */
  addProduct(a: number, b: number): void {
    const p = a * b;
    this.addPair(p, productError(a, b, p));
  }

  /** Adds (aHi + aLo)·(bHi + bLo). */
  addProductOfPairs(aHi: number, aLo: number, bHi: number, bLo: number): void {
    const p = aHi * bHi;
    const error = productError(aHi, bHi, p) + (aHi * bLo + aLo * bHi);
    const s = p + error;
    this.addPair(s, error - (s - p));
  }

  /** Adds (a − b)²; the difference of two doubles is exact as a pair. */
  addSquaredDifference(a: number, b: number): void {
    const difference = a - b;
    const error = sumError(a, -b, difference);
    this.addProductOfPairs(difference, error, difference, error);
  }

  value(): DoubleDouble {
    return { hi: this.hi, lo: this.lo };
  }
}
