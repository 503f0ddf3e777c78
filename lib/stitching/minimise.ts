/**
 * Why there is a minimiser here: those in the registry that have L-BFGS are `nlopt-js` (its views of the WebAssembly memory die when that memory
 * grows, so it fails at 70,000 variables; its objective must answer at once, so nothing else could run meanwhile) and `optimization-js` (which
 * brings a browser's bundler along); the system's libraries would burden every build. This one awaits its objective, so a native
 * job computes it on all cores, can be stopped, and the event loop is free.
 */
import { breaths } from "../breath.ts";
import { lineSearch, type Trial } from "./line-search.ts";

/** A function's value and gradient; the array is the minimiser's from then on. */
export interface Evaluation {
  readonly value: number;
  readonly gradient: Float64Array;
}

export interface MinimiseOptions {
  readonly maxIterations: number;
  /** Ends when an iteration's decrease, and the one expected of the next, are below this share of the value. */
  readonly tolerance: number;
  /** Ends at values up to this one, which count as the least there is. */
  readonly floor: number;
  /** Told after each iteration; what it throws ends the search. */
  readonly onIteration?: (iteration: number, value: number) => void;
}

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly iterations: number;
  readonly evaluations: number;
  readonly converged: boolean;
  readonly reason: string;
  /** The value at the start and after each iteration. */
  readonly history: Float64Array;
}

interface Correction {
  readonly s: Float64Array;
  readonly y: Float64Array;
  /** 1/sᵀy. */
  readonly rho: number;
}

// As many corrections cost about what one evaluation of a stitched network does; fewer need more iterations where curvatures differ much.
const memory = 20;

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}

/** a + factor·b. */
function plus(a: Float64Array, factor: number, b: Float64Array): Float64Array {
  const sum = new Float64Array(a.length);
  for (let i = 0; i < sum.length; i += 1) sum[i] = a[i]! + factor * b[i]!;
  return sum;
}

function addTo(a: Float64Array, factor: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i += 1) a[i]! += factor * b[i]!;
}

/** −H·g by the two loops of Nocedal 1980. */
async function direction(
  gradient: Float64Array,
  corrections: readonly Correction[],
  breath: () => Promise<void> | undefined,
): Promise<Float64Array> {
  const d = gradient.map((value) => -value);
  const alphas: number[] = [];
  for (const { s, y, rho } of corrections.toReversed()) {
    const alpha = rho * dot(s, d);
    alphas.push(alpha);
    addTo(d, -alpha, y);
    await breath();
  }
  const last = corrections.at(-1);
  if (last !== undefined) {
    const scale = 1 / (last.rho * dot(last.y, last.y));
    for (let i = 0; i < d.length; i += 1) d[i]! *= scale;
  }
  for (const [k, { s, y, rho }] of corrections.entries()) {
    addTo(d, alphas[alphas.length - 1 - k]! - rho * dot(y, d), s);
    await breath();
  }
  return d;
}

function correctionOf(from: Trial, to: Trial): Correction | null {
  const s = plus(to.x, -1, from.x);
  const y = plus(to.gradient, -1, from.gradient);
  const curvature = dot(s, y);
  // Without positive curvature the approximation would lose its definiteness.
  return curvature > Number.EPSILON * dot(y, y) ** 0.5 * dot(s, s) ** 0.5 ? { s, y, rho: 1 / curvature } : null;
}

/**
 * A local minimum by L-BFGS (Liu and Nocedal 1989) with a line search for the strong Wolfe conditions. The value never rises. At a function
 * with corners, as ReLU networks have, it ends where no lower point is found along the way.
 */
export async function minimise(
  objective: (x: Float64Array) => Promise<Evaluation>,
  start: Float64Array,
  { maxIterations, tolerance, floor, onIteration }: MinimiseOptions,
): Promise<Minimum> {
  const breath = breaths();
  let evaluations = 1;
  const first = await objective(start);
  let here: Trial = { ...first, x: start, step: 0, slope: 0 };
  let best = here;
  let corrections: Correction[] = [];
  const history = [here.value];
  const ended = (converged: boolean, reason: string): Minimum => ({
    x: best.x,
    value: best.value,
    iterations: history.length - 1,
    evaluations,
    converged,
    reason,
    history: Float64Array.from(history),
  });

  let decrease = Infinity;
  for (;;) {
    if (!Number.isFinite(here.value)) return ended(false, "the value at the start is not finite");
    if (here.value <= floor) return ended(true, "the value is as good as the least that it could be");
    const along = await direction(here.gradient, corrections, breath);
    const slope = dot(along, here.gradient);
    if (slope === 0) return ended(true, "the gradient is 0");
    if (-slope / 2 <= tolerance * Math.abs(here.value) && decrease <= tolerance * Math.abs(here.value)) {
      return ended(true, "the decrease per iteration is below the tolerance");
    }
    if (history.length > maxIterations) return ended(false, `${maxIterations} iterations did not reach the tolerance`);
    const from: Trial = { ...here, step: 0, slope };
    const found =
      slope < 0
        ? await lineSearch(from, corrections.length === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1, async (step) => {
            evaluations += 1;
            const x = plus(from.x, step, along);
            const { value, gradient } = await objective(x);
            // NaN would be neither low nor high.
            return { step, x, value: Number.isNaN(value) ? Infinity : value, gradient, slope: dot(gradient, along) };
          })
        : null;
    if (found === null) {
      if (corrections.length > 0) {
        // The way down is lost, not the end reached: once more along the gradient.
        corrections = [];
        continue;
      }
      const flat = decrease <= Math.max(tolerance, 1e-6) * Math.abs(here.value);
      return ended(flat, "no lower value is found along the gradient");
    }
    const correction = correctionOf(here, found);
    if (correction !== null) corrections = [...corrections, correction].slice(-memory);
    decrease = here.value - found.value;
    here = found;
    if (here.value < best.value) best = here;
    history.push(here.value);
    onIteration?.(history.length - 1, here.value);
  }
}
