import type { Cell, CellStatus, LayerSummary } from "./result.ts";

/** The kernel's own predictor h(x) = E'[K(x,x')y']/√(E K²) on the samples themselves, with the targets scaled to E‖y‖² = 1. */
export interface PredictorRisk {
  /** R(h) = E‖h − y‖², as measured. */
  readonly risk: number;
  /** 2(1 − A), which R(h) never exceeds; A = ⟨K,YYᵀ⟩/(‖K‖·‖Y‖²), for one target column the kernel–target alignment. */
  readonly bound: number;
  /** bound − risk. */
  readonly slack: number;
  /** The share of entries whose sign h misses, where all entries of the targets are ±1 (or ±c): below R(h). Else null. */
  readonly wrongSigns: number | null;
}

/** How a layer's kernel stands to the targets. Everything below `status` comes from one eigendecomposition of K/n = ΣηφφΤ. */
export interface LayerTask {
  readonly layer: LayerSummary;
  /** Kernel–target alignment A(K, YYᵀ), nothing centred. */
  readonly kta: Cell;
  /** The same of HKH and HYYᵀH. */
  readonly centredKta: Cell;
  /** `undefined` where there is no eigendecomposition; the arrays are then empty. */
  readonly status: CellStatus;
  readonly reason: string | null;
  readonly rank: number;
  /** η, falling. */
  readonly eigenvalues: Float64Array;
  /** ‖φ_iᵀY‖²/‖Y‖²: the share of the targets in each eigenvector. */
  readonly power: Float64Array;
  /** The share of the targets in all eigenvectors together. */
  readonly captured: number;
  /** C(m) at [m − 1]: the share of the captured power in the m leading eigenvectors. Empty where nothing is captured. */
  readonly cumulativePower: Float64Array;
  readonly lambdas: Float64Array;
  /** KARE(λ), one a λ. */
  readonly kare: Float64Array;
  /**
   * The least KARE on the path. Null where there is no path. `end` says that it lies at the end of a path of several λ, so that λ
   * beyond may be better still.
   */
  readonly best: { readonly lambda: number; readonly kare: number; readonly end: "least" | "greatest" | null } | null;
  /** Σ_i ‖φ_iᵀY‖²/η_i^2r, one an exponent r of the result. */
  readonly sourceCondition: Float64Array;
  readonly predictor: PredictorRisk | null;
}

/** What `taskAlignment` answers. Plain data. */
export interface TaskAlignment {
  readonly samples: number;
  /** The kernel's short name. */
  readonly kernel: string;
  /** `classes`: the labels behind the one-hot columns, in their order; null for targets that were numbers. */
  readonly targets: { readonly name: string; readonly columns: number; readonly classes: Float64Array | null };
  /** The exponents r of the source condition. */
  readonly exponents: Float64Array;
  readonly layers: readonly LayerTask[];
  /** Milliseconds of each phase, and `total`. */
  readonly timings: Readonly<Record<string, number>>;
  readonly options: Readonly<Record<string, unknown>>;
}
