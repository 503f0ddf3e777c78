import path from "node:path";

/** A file to read layers from. */
export interface ModelFile {
  readonly path: string;
  /** Which of its layers; null for all that can be used. */
  readonly layers: string | null;
}

/** What stands on one side of a comparison: the layers of one network, in one file or in several. */
export interface Model {
  /** Unique among the models of a run: as much of the path as tells them apart. */
  readonly name: string;
  readonly files: readonly ModelFile[];
}

/** The shortest ends of paths that still differ: `run1/acts`, `run2/acts`. Equal paths stay equal. */
export function distinctNames(paths: readonly string[]): string[] {
  const parts = paths.map((one) =>
    path
      .resolve(one)
      .split(path.sep)
      .filter((part) => part !== ""),
  );
  const ends = (length: number): string[] => parts.map((part) => part.slice(-length).join("/"));
  const longest = Math.max(0, ...parts.map((part) => part.length));
  const different = new Set(parts.map((part) => part.join("/"))).size;
  for (let length = 1; length < longest; length += 1) {
    const names = ends(length);
    if (new Set(names).size === different) return names;
  }
  return ends(longest);
}
