import type { GramMatrix } from "./gram-matrix.ts";
import type { Representation } from "./representation.ts";

/** What can be compared: features, or a kernel matrix of the caller's own making. */
export type Layer = Representation | GramMatrix;
