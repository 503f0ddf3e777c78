/** How values become levels of colour. Plain data: the page's script reads it from the report. */
export interface Scale {
  readonly id: "full" | "data" | "log";
  readonly low: number;
  readonly high: number;
  /** True where equal ratios, not equal differences, are equal steps of colour. Then `low` is above zero. */
  readonly logarithmic: boolean;
}

/** Colours between the two ends of a scale. With "undefined" and its hatching they fill the 256 entries of an indexed PNG. */
export const levels = 254;

/** Where in a scale a value lies, from 0 at the low end to 1 at the high end; values beyond an end count as the end. */
export function position(value: number, scale: Scale): number {
  const { low, high } = scale;
  if (!(high > low)) return 1;
  const t = scale.logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  // A value of zero or less has no logarithm: it is drawn as the low end.
  return t > 0 ? Math.min(1, t) : 0;
}

/** The level of colour of a value: 0 to {@link levels} − 1. */
export function levelOf(value: number, scale: Scale): number {
  const level = Math.round(position(value, scale) * (levels - 1));
  if (scale.low >= 0 || scale.high <= 0) return level;
  // Rounding must not take a value across zero, where the hue changes: the colour tells the sign.
  const middle = valueOfLevel(level, scale);
  if (value >= 0 && middle < 0) return level + 1;
  if (value < 0 && middle >= 0) return Math.max(0, level - 1);
  return level;
}

/** The value in the middle of a level. */
export function valueOfLevel(level: number, scale: Scale): number {
  const t = level / (levels - 1);
  return scale.logarithmic ? scale.low * (scale.high / scale.low) ** t : scale.low + (scale.high - scale.low) * t;
}

function tickStep(span: number, count: number): number {
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((step) => step * power >= rough * 0.999) ?? 10;
  return factor * power;
}

/** Round values inside a scale, about `count` of them, for the ticks of a colour bar. */
export function ticks(scale: Scale, count: number): number[] {
  const { low, high } = scale;
  if (!(high > low)) return [high];
  if (scale.logarithmic) {
    const first = Math.ceil(Math.log10(low) - 1e-9);
    const last = Math.floor(Math.log10(high) + 1e-9);
    const every = Math.max(1, Math.ceil((last - first + 1) / count));
    const powers: number[] = [];
    for (let power = first; power <= last; power += every) powers.push(10 ** power);
    return powers.length > 1 ? powers : [low, high];
  }
  const step = tickStep(high - low, count);
  const found: number[] = [];
  // Whole multiples, counted: adding the step again and again would drift.
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
    found.push(Number((k * step).toPrecision(12)));
  }
  return found;
}
