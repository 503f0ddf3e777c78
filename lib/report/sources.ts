import { visibleName } from "./visible-name.ts";

/** Layers next to each other that came from the same file or model. */
export interface SourceGroup {
  readonly label: string;
  readonly first: number;
  readonly count: number;
}

const extension = /\.(safetensors|npz|npy)$/i;

function unique(labels: Iterable<string>, count: number): boolean {
  return new Set(labels).size === count;
}

/**
 * Short names for sources, which are mostly paths: the folders that all share are dropped, then the ending, as long as different
 * sources keep different names.
 */
export function sourceLabels(sources: readonly (string | null)[]): Map<string, string> {
  const distinct = [...new Set(sources.filter((source) => source !== null))];
  if (distinct.length === 0) return new Map();
  const paths = distinct.map((source) => source.split(/[\\/]/));
  let shared = 0;
  const shortest = Math.min(...paths.map((path) => path.length - 1));
  while (shared < shortest && paths.every((path) => path[shared] === paths[0]?.[shared])) shared++;
  const names = paths.map((path) => path.slice(shared).join("/"));
  const bare = names.map((name) => name.replace(extension, ""));
  const chosen = unique(bare, distinct.length) && bare.every((name) => name !== "") ? bare : names;
  return new Map(distinct.map((source, i) => [source, visibleName(chosen[i] ?? source)]));
}

/** Runs of equal sources, in order; the label of layers without a source is empty. */
export function sourceGroups(
  layers: readonly { readonly source: string | null }[],
  labels: ReadonlyMap<string, string>,
): SourceGroup[] {
  const groups: SourceGroup[] = [];
  layers.forEach(({ source }, i) => {
    const last = groups.at(-1);
    if (last !== undefined && layers[i - 1]?.source === source) {
      groups[groups.length - 1] = { ...last, count: last.count + 1 };
    } else {
      groups.push({ label: source === null ? "" : (labels.get(source) ?? source), first: i, count: 1 });
    }
  });
  return groups;
}
