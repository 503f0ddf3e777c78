import { breaths } from "../breath.ts";
import { checkBoolean, checkInteger, checkOptions } from "../check.ts";
import type { Layer } from "../layer.ts";
import { emptyElements } from "../matrix/typed-array.ts";
import type { Cell } from "../result.ts";
import { checkLayer, checkSameSamples } from "./check-layers.ts";
import { describeSpectrum, type Spectrum } from "./describe-spectrum.ts";
import { type Factorised, factorise } from "./factorise.ts";
import { findMedians } from "./find-medians.ts";
import { type CheckedSpectralOptions, checkSpectralOptions, spectralKeys, type SpectralOptions } from "./options.ts";
import { multiply } from "./products.ts";

/** Options of {@link spectralAlignment}. */
export interface SpectralAlignmentOptions extends SpectralOptions {
  /** Align HKH in place of K: the alignment is then CKA. False by default: it is KA. */
  readonly centred?: boolean;
  /** Of how many leading eigenvectors of either side the contributions are returned; all of them by default. */
  readonly components?: number;
}

/** What each pair of eigenvectors adds to an alignment: `values[i * columns + j]` is η̂_1,i·η̂_2,j·C_ij². */
export interface Contributions {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** What {@link spectralAlignment} answers. */
export interface SpectralAlignment {
  /** Σ_ij η̂_1,i·η̂_2,j·C_ij² over all components, also those that `components` leaves out below. */
  readonly alignment: Cell;
  readonly a: Spectrum;
  readonly b: Spectrum;
  readonly contributions: Contributions;
}

/** Numbers of C in memory at a time. */
const blockNumbers = 2 ** 21;

/** η/‖η‖. */
function normed(eigenvalues: Float64Array): Float64Array {
  const largest = eigenvalues[0]!;
  let squares = 0;
  for (const value of eigenvalues) squares += (value / largest) ** 2;
  const norm = Math.sqrt(squares);
  return eigenvalues.map((value) => value / largest / norm);
}

async function contributionsOf(
  a: Factorised,
  b: Factorised,
  components: number,
  options: CheckedSpectralOptions,
): Promise<{ alignment: number; contributions: Contributions }> {
  const [left, right] = [normed(a.eigenvalues), normed(b.eigenvalues)];
  const rows = Math.min(components, a.rank);
  const columns = Math.min(components, b.rank);
  const values = emptyElements("f64", rows * columns) as Float64Array;
  const block = Math.max(1, Math.min(a.rank, Math.floor(blockNumbers / b.rank)));
  const overlaps = new Float64Array(block * b.rank);
  const breath = breaths();
  let alignment = 0;
  for (let from = 0; from < a.rank; from += block) {
    const count = Math.min(block, a.rank - from);
    const out = overlaps.subarray(0, count * b.rank);
    await multiply(
      [
        {
          left: a.basis!,
          right: b.basis!,
          transposed: true,
          leftFrom: from,
          leftCount: count,
          rightCount: b.rank,
          out,
        },
      ],
      options,
    );
    options.onProgress?.({ phase: "spectra", done: from + count, total: a.rank });
    for (let i = 0; i < count; i += 1) {
      const weight = left[from + i]!;
      let sum = 0;
      for (let j = 0; j < b.rank; j += 1) {
        const contribution = weight * right[j]! * out[i * b.rank + j]! ** 2;
        sum += contribution;
        if (from + i < rows && j < columns) values[(from + i) * columns + j] = contribution;
      }
      alignment += sum;
      await breath();
    }
  }
  return { alignment, contributions: { rows, columns, values } };
}

/**
 * Kernel alignment of two layers on the same n samples, taken apart by eigenvectors: with η, Φ the eigenvalues and unit eigenvectors
 * of each K/n, C = Φ_1ᵀΦ_2 and η̂ = η/‖η‖, the alignment is η̂_1ᵀ(C∘C)η̂_2, and each summand η̂_1,i·η̂_2,j·C_ij² says how much
 * of it comes from direction i of the first layer and direction j of the second. All are at least 0, and they add up to the alignment,
 * which is that of {@link ka}, or with `centred` that of {@link cka}, in [0, 1].
 *
 * Directions that share an eigenvalue are only determined together, and so are their contributions. Costs one factorisation a
 * layer: n·min(n,d)² operations for linear and cosine kernels, n³ for others; and n·d (or n·n) numbers of memory a layer. The values come
 * in a matrix of rank × rank numbers unless `components` cuts it down.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 3.1.2 (with the squares that the printed numerator lacks).
 *
 * @returns Spectra, effective ranks, the alignment with its status, contributions (row-major; empty where a layer has no spectrum).
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; SystemError OUT_OF_MEMORY; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { Representation, spectralAlignment } from "gramian";
 * const a = await Representation.load("examples/mnist/mlp-a.safetensors", "relu2");
 * const b = await Representation.load("examples/mnist/cnn.safetensors", "fc1");
 * const { alignment, contributions } = await spectralAlignment(a, b, { centred: true, components: 3 });
 * console.log(contributions.values.length, alignment.status); // 9 ok
 * ```
 */
export async function spectralAlignment(
  a: Layer,
  b: Layer,
  options?: SpectralAlignmentOptions,
): Promise<SpectralAlignment> {
  const given = checkOptions(options, "spectralAlignment(options)", [...spectralKeys, "centred", "components"]);
  const checked = checkSpectralOptions(given);
  const centred = given.centred === undefined ? false : checkBoolean(given.centred, "centred");
  const components =
    given.components === undefined ? Infinity : checkInteger(given.components, "components", { min: 1 });
  const layers = [checkLayer(a, "a"), checkLayer(b, "b")] as const;
  checkSameSamples(...layers);
  checked.signal?.throwIfAborted();

  const medians = await findMedians(layers, checked);
  const distinct = [...new Set(layers)];
  const factors = await factorise(distinct, medians, checked, { centred, basis: true });
  const [first, second] = layers.map((layer) => factors[distinct.indexOf(layer)]!) as [
    (typeof factors)[number],
    (typeof factors)[number],
  ];
  const spectra = {
    a: describeSpectrum(layers[0], checked.kernel, centred, first),
    b: describeSpectrum(layers[1], checked.kernel, centred, second),
  };
  const missing = "reason" in first ? first : "reason" in second ? second : null;
  if (missing !== null || "reason" in first || "reason" in second) {
    return {
      alignment: { value: NaN, status: "undefined", reason: missing?.reason ?? null },
      ...spectra,
      contributions: { rows: 0, columns: 0, values: new Float64Array(0) },
    };
  }
  const { alignment, contributions } = await contributionsOf(first, second, components, checked);
  return { alignment: { value: alignment, status: "ok", reason: null }, ...spectra, contributions };
}
