import type { Kernel } from "../kernels/kernel.ts";
import type { CellStatus, Family } from "../result.ts";
import type { OperatorTable } from "../operator-table.ts";
import type { BatchTable } from "../table.ts";
import type { Parameter, Parameters } from "./parameter.ts";

/** A number with its standard error where there is one; +∞ with the reason why; or why there is no number. */
export type Outcome =
  | { readonly value: number; readonly error?: number; readonly reason?: undefined }
  | { readonly value?: number; readonly reason: string };

/** The status that an outcome is written down with. */
export function statusOf(outcome: Outcome): CellStatus {
  if (outcome.reason === undefined) return "ok";
  return outcome.value === undefined ? "undefined" : "infinite";
}

/**
 * What may be done to the features of a layer without changing the metric (default variant, parameters and kernel): add a vector to
 * every row; multiply by a positive number; rotate; apply an invertible linear map; put the samples of both layers in another order;
 * give every feature a twin, so that XXᵀ doubles. True only where it may be done to either layer by itself: of a directed metric, to the
 * predicted as to the predicting one. The tests measure these, for every metric.
 */
export interface Invariances {
  readonly translation: boolean;
  readonly scale: boolean;
  readonly rotation: boolean;
  readonly linear: boolean;
  readonly permutation: boolean;
  readonly duplication: boolean;
}

/** A metric with all that was left open decided. */
export interface Choice {
  readonly variant: string | null;
  readonly parameters: Parameters;
}

/**
 * What one more metric costs: `tiles`, inner products of operators that the one pass over the tiles takes for all pairs; `factor`, the
 * same after one factorisation a layer; `pair`, a job of its own for each pair; `ranks`, sorting all distances of a layer.
 */
export type CostClass = "tiles" | "factor" | "pair" | "ranks";

interface Declaration {
  readonly id: string;
  readonly label: string;
  /** One sentence for people: what question it answers. */
  readonly summary: string;
  /** The definition, in the notation of the documentation. */
  readonly formula: string;
  readonly family: Family;
  /** False: the value belongs to the way from the first layer to the second; the variants are then `forward` and `backward`. */
  readonly symmetric: boolean;
  readonly sense: "similarity" | "distance";
  /** Range for positive semidefinite kernels; null at an end without a bound. */
  readonly range: readonly [number | null, number | null];
  /** The first is the default; empty when the metric has no choice. */
  readonly variants: readonly string[];
  readonly parameters: readonly Parameter[];
  /** The kernel where none is asked for; null for metrics of the features themselves. */
  readonly kernel: Kernel | null;
  readonly invariances: Invariances;
  readonly cost: CostClass;
  /** Fewest samples for which the metric exists. */
  readonly fewestSamples: (choice: Choice) => number;
  readonly source: string;
  /** The section of Insulla, Huang and Rosasco 2025 that the metric stands for; null for those that it does not discuss. */
  readonly section: string | null;
}

/** What the engine is to make of a layer. */
export type OperatorRequest =
  | { readonly make: "kernel"; readonly kernel: Kernel }
  /** −‖x_i − x_j‖, the Euclidean distance. */
  | { readonly make: "distance" }
  /** Pearson's correlation between rows. */
  | { readonly make: "correlation" }
  /** The cosine between rows: the cosine kernel of features, which a Gram matrix (a kernel of its own) has not. */
  | { readonly make: "row-cosine" }
  /** The orthogonal projector on the columns of the centred features. */
  | { readonly make: "projector" }
  /** K̃(K̃ + nκI)⁻¹ of the centred kernel. */
  | { readonly make: "ridge"; readonly kernel: Kernel; readonly kappa: number }
  /**
   * I − (I − P)² with P = K(K + nλI)⁻¹, for λ = 0 the projector on the range of K, of a kernel as it is or `centred`: what P
   * leaves of features X is ‖(I − P)X‖² = tr XXᵀ − ⟨this, XXᵀ⟩. Uncentred, its offsets are what `OperatorTable.unexplained` reads.
   */
  | { readonly make: "explained"; readonly kernel: Kernel; readonly lambda: number; readonly centred: boolean };

/** What formulas over the table may read. */
export interface TableContext {
  readonly table: OperatorTable | null;
  readonly batches: BatchTable | null;
  /** How far rounding may reach in a sum over the samples: the unit of the tiles' type (2⁻⁵³ or 2⁻²⁴) times √n. */
  readonly rounding: number;
  readonly normalization: "n-1" | "n";
}

/** A metric that is a formula over inner products of operators. */
export interface TableMetric extends Declaration {
  readonly reads: "operators";
  /** The operators of a layer, by number; `a[0]` below is the first of them for layer a. */
  readonly operators: (choice: Choice, kernel: Kernel) => readonly OperatorRequest[];
  /** Which operator of the first layer is paired with which of the second. (Every operator is paired with itself as well.) */
  readonly pairs: readonly (readonly [number, number])[];
  readonly evaluate: (context: TableContext, a: readonly number[], b: readonly number[], choice: Choice) => Outcome;
}

/** The spectrum of a layer's centred kernel matrix K̃. */
export interface LayerSpectrum {
  readonly samples: number;
  readonly features: number;
  readonly rank: number;
  /** Eigenvalues of K̃ above the rank tolerance, falling. */
  readonly eigenvalues: Float64Array;
  /** tr K̃. */
  readonly trace: number;
  /** ‖column means‖² and the means themselves, of features. */
  readonly mean: Float64Array;
}

/** Weights for the eigenvectors of a layer, with a name by which equal ones are found to be equal; null: all 1. */
export interface Scaling {
  readonly key: string;
  readonly weights: (spectrum: LayerSpectrum) => Float64Array | null;
}

/** One look at M = diag(w_a)·U_aᵀU_b·diag(w_b): see {@link SpectrumMetric}. */
export interface SpectrumReading {
  /** Eigenvectors of K̃ (samples), or right singular vectors of the centred features, for layers of one width. */
  readonly side: "samples" | "features";
  readonly what: "values" | "largest" | "logdet" | "weighted";
  readonly scaling: Scaling;
  /** Whether bases of f32 would not do: where what counts is how far a singular value is from 1. */
  readonly exact?: boolean;
}

/** A metric that is a function of the singular values of M, with U the eigenvectors of each layer's centred kernel matrix. */
export interface SpectrumMetric extends Declaration {
  readonly reads: "spectra";
  readonly reading: (choice: Choice) => SpectrumReading;
  /** `found`: the singular values, falling; or one number for the other readings. */
  readonly evaluate: (found: Float64Array, a: LayerSpectrum, b: LayerSpectrum, choice: Choice) => Outcome;
}

/** What can be said of two lists of neighbours; directed ones go from the first layer to the second. */
export type NeighbourScore =
  | "mutual"
  | "jaccard"
  | "cycleForward"
  | "lcs"
  | "edit"
  | "cknnaBiased"
  | "cknnaDebiased"
  | "platonicCycle"
  | "platonicLcs"
  | "platonicEdit"
  | "platonicCknna";

/** A metric of the lists of nearest neighbours. */
export interface NeighbourMetric extends Declaration {
  readonly reads: "neighbours";
  /** The score that native code computes from two layers' lists. */
  readonly score: (choice: Choice) => NeighbourScore;
}

/** A metric of the ranks of all distances. */
export interface RankMetric extends Declaration {
  readonly reads: "ranks";
  readonly comparison: "spearman" | "kendall";
}

/** A metric of both layers' rows in one space: their widths must be equal. */
export interface PooledMetric extends Declaration {
  readonly reads: "pooled";
}

/** A metric: what it is called, what it needs, and its formula. One file each. */
export type Metric = TableMetric | SpectrumMetric | NeighbourMetric | RankMetric | PooledMetric;
