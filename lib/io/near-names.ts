// A header may list 200,000 names; looking at this many of them, to this length, takes a few milliseconds.
const considered = 5000;
const compared = 64;

/** Insertions, deletions and replacements that turn one string into the other. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replace, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** The names that are most like `wanted`, best first; upper and lower case count as the same. */
export function nearNames(names: readonly string[], wanted: string, limit = 5): string[] {
  const target = wanted.slice(0, compared).toLowerCase();
  return names
    .slice(0, considered)
    .map((name, order) => {
      const text = name.slice(0, compared).toLowerCase();
      const within = target !== "" && (text.includes(target) || target.includes(text)) ? 0.5 : 1;
      return { name, order, distance: editDistance(text, target) * within };
    })
    .sort((a, b) => a.distance - b.distance || a.order - b.order)
    .slice(0, limit)
    .map(({ name }) => name);
}
