/** What a sweep of stitchings found: plain data, for programs, files and reports. */
import type { CellStatus, LayerSummary } from "./result.ts";

/** One factor of a Lipschitz constant, e.g. `l.2` with its spectral norm, or `gelu` with 1.129. */
export interface LipschitzPart {
  readonly name: string;
  readonly constant: number;
}

/** A constant κ with ‖g(z) − g(z')‖ ≤ κ·‖z − z'‖ in Euclidean norms, and where it comes from. */
export interface Lipschitz {
  readonly constant: number;
  /** exact: ‖W‖₂ of a linear head (or 1 of none); spectral-product: of a network; given: on the caller's word. */
  readonly method: "exact" | "spectral-product" | "given";
  /** The factors, in order of application; empty when given. */
  readonly parts: readonly LipschitzPart[];
}

/** One network running on some rows: its own risk. */
export interface OwnRisk {
  /** (1/n)·Σ‖h(x_i) − y_i‖². */
  readonly risk: number;
  /** Share of rows whose largest output is that of the class; null where the targets are not one-hot. */
  readonly accuracy: number | null;
}

/** A stitched network on some rows against Theorem 1, all on the same rows. */
export interface StitchEvaluation {
  readonly samples: number;
  /** R(g_2∘s∘f_1), as measured by running it. */
  readonly risk: number;
  readonly accuracy: number | null;
  /** R(g_2∘f_2). */
  readonly ownRisk: number;
  /** risk − ownRisk. */
  readonly excess: number;
  /** (1/n)·Σ‖s(f_1) − f_2‖². */
  readonly misalignment: number;
  /** (√ownRisk + κ·√misalignment)²; +∞ where the head has no known κ. */
  readonly bound: number;
  /** bound − risk. */
  readonly slack: number;
}

/** A stitching of one layer of a network to one of another. */
export interface StitchedPair {
  /** Indices into the layers of the two networks. */
  readonly from: number;
  readonly to: number;
  /** By relative depth: the stitched network skips ahead (forward), goes over depth again (backward), or neither (level). */
  readonly way: "forward" | "level" | "backward";
  readonly status: CellStatus;
  readonly reason: string | null;
  /** λ or rank that the fit chose. */
  readonly lambda: number | null;
  readonly rank: number | null;
  readonly fitted: StitchEvaluation | null;
  /** Null without a split. */
  readonly heldOut: StitchEvaluation | null;
  /** Linear CKA (debiased) and kernel alignment of the two layers, on all rows. */
  readonly cka: number;
  readonly ka: number;
}

/** Remark 6: R(H_1) − R(H_2) ≤ the least of κ²Ã + 2κ√(Ã·R(H_2)) over stitched pairs. */
export interface RiskGap {
  /** R(from) − R(to). */
  readonly difference: number;
  /**
   * The bound holds where no stitched network can beat the network stitched from (G_2∘S_12 ⊆ G_1, and h_1 the best of its class). The least
   * stitched risk of the direction; below R(from) it shows that this is not so here, and the bound need not hold.
   */
  readonly leastStitched: number | null;
  readonly refuted: boolean;
  /** Null where no pair has a bound. */
  readonly bound: number | null;
  readonly slack: number | null;
  /** The pair with the least bound: an index into the direction's `pairs`. */
  readonly pair: number | null;
}

export interface StitchDirection {
  /** Indices into `networks`. */
  readonly from: number;
  readonly to: number;
  /** from-layers × to-layers, row by row. */
  readonly pairs: readonly StitchedPair[];
  readonly gap: { readonly fitted: RiskGap; readonly heldOut: RiskGap | null };
}

export interface StitchedLayer {
  readonly layer: LayerSummary;
  /** (index + 1)/(layers): 1 at the output. */
  readonly depth: number;
  /** κ of the head behind this layer; null with a reason where it has none. */
  readonly lipschitz: Lipschitz | null;
  readonly reason: string | null;
}

export interface StitchedNetwork {
  readonly name: string;
  /** An untrained network, from which everything is stitched to see what a stitcher learns by itself. */
  readonly baseline: boolean;
  readonly layers: readonly StitchedLayer[];
  readonly fitted: OwnRisk;
  readonly heldOut: OwnRisk | null;
}

/** |R(H_1) − R(H_2)| ≤ the larger of the two directions' bounds. */
export interface TwoSidedGap {
  readonly difference: number;
  readonly bound: number | null;
}

/** What `stitchNetworks` answers. */
export interface StitchingResult {
  readonly samples: number;
  /** How the rows were split: all fitted on, or a share of them by a seed. */
  readonly rows: { readonly fitted: number; readonly heldOut: number; readonly split: number; readonly seed: number };
  readonly stitcher: string;
  readonly targets: { readonly name: string; readonly columns: number };
  /** The two networks, then the baseline if there is one. */
  readonly networks: readonly StitchedNetwork[];
  /** 0→1, 1→0; with a baseline also 2→0 and 2→1. */
  readonly directions: readonly StitchDirection[];
  readonly twoSided: { readonly fitted: TwoSidedGap; readonly heldOut: TwoSidedGap | null };
  /** Milliseconds of each phase, and `total`. */
  readonly timings: Readonly<Record<string, number>>;
  readonly options: Readonly<Record<string, unknown>>;
}
