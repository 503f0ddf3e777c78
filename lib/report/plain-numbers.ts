/** For JSON.stringify, since JSON has neither NaN nor infinity: a number that does not exist is null, an infinite one a string. */
export function plainNumbers(_: string, value: unknown): unknown {
  if (value instanceof Float64Array) return [...value];
  if (typeof value !== "number" || Number.isFinite(value)) return value;
  return Number.isNaN(value) ? null : String(value);
}
