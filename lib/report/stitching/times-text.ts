/** A ratio as it is said, `×4.6`, `×36`, `×1,200`, `×1.5e11`: two digits, for a third says nothing of how loose a bound is. */
export function timesText(ratio: number): string {
  if (!Number.isFinite(ratio)) return "×∞";
  if (ratio >= 1e5) return `×${ratio.toExponential(1).replace("e+", "e").replace(".0e", "e")}`;
  if (ratio < 9.95) return `×${ratio.toFixed(ratio < 1.095 ? 2 : 1)}`;
  return `×${Number(ratio.toPrecision(2)).toLocaleString("en-US")}`;
}
