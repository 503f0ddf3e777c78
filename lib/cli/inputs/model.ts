import path from "node:path";

/** A file to read layers from. */
export interface ModelFile {
  readonly path: string;
  /** Which of its layers; null for all that can be used. */
  readonly layers: string | null;
}

/** What stands on one side of a comparison: the layers of one network, in one file or in several. */
export interface Model {
  /** The file or directory that stands for it. */
  readonly place: string;
  /** As much of the place as tells it apart from the other models of a run. */
  readonly name: string;
  readonly files: readonly ModelFile[];
}

/** The models with names that tell them apart. */
export function named(models: readonly Omit<Model, "name">[]): Model[] {
  const names = distinctNames(models.map(({ place }) => place));
  return models.map(({ place, files }, index) => {
    const name = names[index] ?? place;
    const layers = files[0]?.layers ?? null;
    // The same file twice, under different patterns: the pattern tells them apart.
    const twice = layers !== null && names.indexOf(name) !== names.lastIndexOf(name);
    return { place, files, name: twice ? `${name}#${layers}` : name };
  });
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
  const different = new Set(ends(longest)).size;
  for (let length = 1; length < longest; length += 1) {
    const names = ends(length);
    if (new Set(names).size === different) return names;
  }
  return ends(longest);
}
