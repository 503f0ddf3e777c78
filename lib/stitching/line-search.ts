/** A point on a line, with what was found there. */
export interface Trial {
  readonly step: number;
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  /** The derivative along the line. */
  readonly slope: number;
}

// Nocedal and Wright 2006, section 3.1: what quasi-Newton methods take.
const sufficient = 1e-4;
const flatness = 0.9;
const mostTrials = 40;

function isLow(trial: Trial, from: Trial): boolean {
  return trial.value <= from.value + sufficient * trial.step * from.slope;
}

function isFlat(trial: Trial, from: Trial): boolean {
  return Math.abs(trial.slope) <= flatness * Math.abs(from.slope);
}

/**
 * Where the values differ by less than their rounding, slopes still tell (Hager and Zhang 2005, section 4): the decrease that a parabola through
 * both slopes has is taken for the one that cannot be seen.
 */
function isLowByItsSlope(trial: Trial, from: Trial): boolean {
  const rounding = 1e-13 * Math.abs(from.value);
  return trial.value <= from.value + rounding && trial.slope <= (2 * sufficient - 1) * from.slope;
}

/** The minimum of the cubic through both values and slopes, kept away from the ends; the middle where there is none. */
function between(a: Trial, b: Trial): number {
  const width = b.step - a.step;
  const theta = a.slope + b.slope - (3 * (b.value - a.value)) / width;
  const root = Math.sqrt(theta ** 2 - a.slope * b.slope) * Math.sign(width);
  const cubic = b.step - (width * (b.slope + root - theta)) / (b.slope - a.slope + 2 * root);
  const nearest = 0.1 * Math.abs(width);
  const [low, high] = a.step < b.step ? [a.step, b.step] : [b.step, a.step];
  return cubic >= low + nearest && cubic <= high - nearest ? cubic : (a.step + b.step) / 2;
}

/**
 * A step that satisfies the strong Wolfe conditions (Nocedal and Wright 2006, algorithms 3.5 and 3.6), or, where the interval closes on a
 * corner of the function, one that is low enough at least. Null where none is found: the values do not fall along the line.
 */
export async function lineSearch(
  from: Trial,
  first: number,
  at: (step: number) => Promise<Trial>,
): Promise<Trial | null> {
  let [lower, upper]: [Trial, Trial | null] = [from, null];
  let step = first;
  for (let trials = 0; trials < mostTrials; trials += 1) {
    const trial = await at(step);
    const low = isLow(trial, from) && (lower.step === 0 || trial.value < lower.value);
    if (isFlat(trial, from) && (isLow(trial, from) || isLowByItsSlope(trial, from))) return trial;
    // `upper` is where the function has risen, or rises; `lower` the lowest point that is low enough.
    if (!low) upper = trial;
    else {
      const away = upper === null ? 1 : upper.step - lower.step;
      if (trial.slope * away >= 0) upper = lower;
      lower = trial;
    }
    if (upper === null) step *= 4;
    else if (Math.abs(upper.step - lower.step) <= 1e-10 * Math.max(upper.step, lower.step)) break;
    else step = Number.isFinite(upper.value) ? between(lower, upper) : (lower.step + upper.step) / 2;
  }
  return lower.step > 0 ? lower : null;
}
