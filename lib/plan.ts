/** How a comparison will be computed, why, and what it is expected to cost. */
export interface Plan {
  /** Gram space: n×n tiles of every layer. Feature space: d×d products of every pair (linear kernels only). */
  readonly space: "gram" | "feature" | "minibatch";
  readonly reason: string;
  /** Element type of the tiles; sums are f64 always. */
  readonly precision: "f32" | "f64";
  readonly stack: "f64" | "f32-flush";
  readonly block: number;
  readonly threads: number;
  /** Samples a batch, in minibatch mode. */
  readonly batch: number | null;
  /** Multiplications and additions that the chosen and the other space need. */
  readonly flops: { readonly gram: number; readonly feature: number | null };
  /** Bytes beyond the inputs. */
  readonly memory: number;
  /** What ran the inner loops: "baseline", "avx2" or "avx512". */
  readonly instructionSet: string;
}
