/** Minimum, median and maximum. */
export function summary(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { min: sorted[0], median, max: sorted.at(-1), runs: sorted.length };
}

/** `0.97 (0.95–1.02)`: the median, and the spread. */
export function spread({ min, median, max }, digits = 3) {
  const text = (value) => String(Number(value.toPrecision(digits)));
  return `${text(median)} (${text(min)}–${text(max)})`;
}
