import type { Scale } from "./scale.ts";
import type { SourceGroup } from "./sources.ts";

/** What report.html carries for its script, as JSON. Names are made visible already. */
export interface PageData {
  readonly symmetric: boolean;
  readonly rows: PageAxis;
  readonly columns: PageAxis;
  readonly metrics: readonly PageMetric[];
}

export interface PageAxis {
  readonly names: readonly string[];
  readonly groups: readonly SourceGroup[];
}

export interface PageScale extends Scale {
  /** Six hexadecimal digits a level, from low to high. */
  readonly palette: string;
}

export interface PageMetric {
  readonly label: string;
  readonly bounded: boolean;
  readonly similarity: boolean;
  /** One triangle, the diagonal included, stands for both: `values` and `errors` hold row i from column i on. */
  readonly triangle: boolean;
  /** Packed numbers: see pack.ts. */
  readonly values: string;
  readonly errors: string | null;
  readonly reasons: readonly string[];
  /** Runs of equal status over the whole matrix, row by row: first cell, count, index into `reasons`. */
  readonly missing: readonly (readonly [number, number, number])[];
  readonly scales: readonly PageScale[];
  /** How many metrics share the scales, and the extent of their values as text. */
  readonly sharedBy: number;
  readonly extent: string;
}
