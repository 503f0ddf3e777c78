const pieces = /[0-9]+|[^0-9]+/g;
const digits = /^[0-9]/;

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Numbers of any length, as text: leading zeros do not count. */
function compareDigits(a: string, b: string): number {
  const x = a.replace(/^0+/, "");
  const y = b.replace(/^0+/, "");
  return x.length - y.length || compareText(x, y);
}

/**
 * Orders names the way people number layers: runs of digits compare as numbers, all else by code unit, the same in every locale.
 * Zero only for equal strings.
 * `layer2` comes before `layer10`.
 */
export function naturalCompare(a: string, b: string): number {
  const left = a.match(pieces) ?? [];
  const right = b.match(pieces) ?? [];
  for (let k = 0; k < Math.min(left.length, right.length); k++) {
    const x = left[k] ?? "";
    const y = right[k] ?? "";
    const order = digits.test(x) && digits.test(y) ? compareDigits(x, y) : compareText(x, y);
    if (order !== 0) return order;
  }
  return left.length - right.length || compareText(a, b);
}

/** A sorted copy, in the order of {@link naturalCompare}. */
export function naturalSort(names: readonly string[]): string[] {
  return [...names].sort(naturalCompare);
}
