import type { Scale } from "./scale.ts";
import type { SourceGroup } from "./sources.ts";

/** What report.html carries for its script, as JSON. Names are made visible already. */
export interface PageData {
  readonly symmetric: boolean;
  readonly rows: PageAxis;
  readonly columns: PageAxis;
  /** Six hexadecimal digits a level, from low to high; scales refer to them by index, for most have the same one. */
  readonly palettes: readonly string[];
  /** Bytes a packed number of null means and quantiles, calibrated scores and ends of intervals: three or two. */
  readonly besideBytes: 3 | 2;
  readonly metrics: readonly PageMetric[];
}

export interface PageAxis {
  readonly names: readonly string[];
  readonly groups: readonly SourceGroup[];
}

export interface PageScale extends Scale {
  readonly palette: number;
}

/** Numbers that the cells of a metric can be coloured by. */
export interface PageQuantity {
  readonly id: "value" | "calibrated" | "p";
  /** Packed numbers, four bytes each, calibrated scores `besideBytes` (see pack.ts): one a cell or, where the upper triangle with its diagonal says all, row i from column i on. p-values are null here, for they stand in {@link PageTest}. */
  readonly values: string | null;
  readonly bounded: boolean;
  readonly scales: readonly PageScale[];
  /** How many metrics share the scales, and a sentence on the values. */
  readonly sharedBy: number;
  readonly note: string;
}

/** A permutation test beside its p-values, packed like values. */
export interface PageTest {
  readonly quantile: number;
  /** For each cell which of the different triples of p, p after Holm and p after Benjamini and Hochberg it has; NaN: none. */
  readonly triples: string;
  readonly p: readonly number[];
  readonly holm: readonly number[];
  readonly benjaminiHochberg: readonly number[];
  /** Null where the page leaves them out for its size. */
  readonly nullMean: string | null;
  readonly nullQuantile: string | null;
}

/** Intervals, packed like values: how far their ends are from the value. */
export interface PageIntervals {
  readonly level: number;
  readonly below: string;
  readonly above: string;
}

export interface PageMetric {
  readonly label: string;
  readonly directed: boolean;
  readonly distance: boolean;
  /** Which value is the closest; null where none is. */
  readonly closestIs: "greatest" | "least" | null;
  /** Where values end; null where they do not. */
  readonly upper: number | null;
  /** Packed standard errors. */
  readonly errors: string | null;
  readonly reasons: readonly string[];
  /** Runs of equal status over the whole matrix, row by row: first cell, count, index into `reasons`. */
  readonly missing: readonly (readonly [number, number, number])[];
  /** The first is the value itself. */
  readonly quantities: readonly PageQuantity[];
  readonly test: PageTest | null;
  readonly intervals: PageIntervals | null;
}
