import { expected } from "../check.ts";
import { describeKernel } from "../kernels/describe.ts";
import { linear } from "../kernels/linear.ts";
import type { MedianDistance } from "../kernels/median.ts";
import type { Layer } from "../layer.ts";
import { summarise } from "../layer-summary.ts";
import { matrixOf } from "../representation.ts";
import type { Cell } from "../result.ts";
import { alignmentTable, kernelAlignment } from "../spectral/alignment-table.ts";
import { checkLayer, checkSameSamples } from "../spectral/check-layers.ts";
import { factorise } from "../spectral/factorise.ts";
import { findMedians } from "../spectral/find-medians.ts";
import { stopwatch } from "../stopwatch.ts";
import type { LayerTask, TaskAlignment } from "../task-result.ts";
import { describeLayer, type LayerSpectrumOfTask, withoutSpectrum } from "./describe-layer.ts";
import { type CheckedTaskOptions, checkTaskOptions, type TaskOptions } from "./options.ts";
import { projectTargets } from "./project-targets.ts";
import { checkTargets, type CheckedTargets, type Targets } from "./targets.ts";

interface Alignments {
  readonly kta: Cell;
  readonly centredKta: Cell;
}

/** The engine's reasons speak of rows and columns; here they are layers and targets. */
function reworded(cell: Cell, layer: Layer): Cell {
  if (cell.reason === null) return cell;
  const reason = cell.reason
    .replace("of the row layer", `of ${layer.name}`)
    .replace("of the column layer", "of the targets");
  return { ...cell, reason };
}

async function align(
  layers: readonly Layer[],
  targets: CheckedTargets,
  medians: ReadonlyMap<Layer, MedianDistance>,
  options: CheckedTaskOptions,
): Promise<Alignments[]> {
  const { kernel } = options;
  const last = layers.length;
  const members = [...layers.map((layer) => ({ layer, kernel })), { layer: targets.representation, kernel: linear() }];
  const pairs = layers.map((_, i) => [i, last] as const);
  const found = await alignmentTable(members, pairs, medians, options);
  return layers.map((layer, i) => ({
    kta: reworded(kernelAlignment(found, i, last, "ka"), layer),
    centredKta: reworded(kernelAlignment(found, i, last, "cka"), layer),
  }));
}

/** One factorisation a layer, as many at a time as there are threads, so that no more eigenvectors than that are in memory. */
async function decompose(
  layers: readonly Layer[],
  targets: CheckedTargets,
  medians: ReadonlyMap<Layer, MedianDistance>,
  options: CheckedTaskOptions,
): Promise<LayerSpectrumOfTask[]> {
  const matrix = matrixOf(targets.representation);
  const values = targets.representation.toFloat64Array();
  const found: LayerSpectrumOfTask[] = [];
  for (let from = 0; from < layers.length; from += options.threads) {
    const some = layers.slice(from, from + options.threads);
    const counted = { before: from, all: layers.length };
    const factors = await factorise(some, medians, options, { centred: false, basis: true, counted });
    const made = factors.flatMap((factor) => ("reason" in factor ? [] : [factor]));
    const projected = await projectTargets(made, { matrix, values }, options);
    for (const factor of factors) {
      if ("reason" in factor) found.push(withoutSpectrum(factor.reason));
      else found.push(await describeLayer(factor, projected[made.indexOf(factor)]!, matrix, values, options));
    }
  }
  return found;
}

/**
 * How well each layer's kernel suits a task: the layers (n samples each) against targets Y (n×t numbers, or n class labels, which become
 * one-hot columns). For every layer:
 *
 * - `kta`, `centredKta`: kernel–target alignment ⟨K,YYᵀ⟩/(‖K‖‖YYᵀ‖), as it is and with both sides centred, in [0, 1]. For classes the centred one is
 *   mostly wanted: without centring a common offset counts as likeness.
 * - `kare`: KARE(λ) on a path of λ > 0, the risk of kernel ridge regression on new samples as estimated from these (in units of ‖y‖²; several
 *   columns: their sum); `best` is its least.
 * - `cumulativePower`: C(m), the share of what the kernel captures of Y that lies in its m leading eigenvectors; `captured`: how much of Y
 *   that is at all.
 * - `sourceCondition`: Σ‖φ_iᵀY‖²/η_i^2r against r; the longer it stays small, the smoother the task is to the kernel.
 * - `predictor`: the risk of the kernel's own predictor, and the bound 2(1 − A) that it never exceeds.
 *
 * Nothing but `centredKta` is centred. A layer for which a number does not exist has a reason in its place; the others are not touched.
 *
 * Costs one factorisation a layer (n·min(n,d)² for linear and cosine kernels, n³ for others) and one pass of the engine for all.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 6.1; Cristianini et al. 2001, Cortes, Mohri and Rostamizadeh 2012 (alignment), Jacot et al. 2020
 * (KARE), Canatar, Bordelon and Pehlevan 2021 (cumulative power).
 *
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; SystemError OUT_OF_MEMORY; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { rbf, Representation, taskAlignment } from "gramian";
 * const layers = await Representation.loadAll("examples/mnist/mlp-a.safetensors", "relu*");
 * const targets = await Representation.load("examples/mnist/targets.safetensors", "onehot");
 * const { layers: found } = await taskAlignment(layers, targets, { kernel: rbf(), lambdas: [1e-3, 1e-2, 1e-1] });
 * for (const { layer, centredKta, best } of found) console.log(layer.name, centredKta.value.toFixed(2), best?.lambda);
 * ```
 */
export async function taskAlignment(
  layers: Layer | readonly Layer[],
  targets: Targets,
  options?: TaskOptions,
): Promise<TaskAlignment> {
  const started = performance.now();
  const checked = checkTaskOptions(options);
  const given: readonly unknown[] = Array.isArray(layers) ? layers : [layers];
  if (given.length === 0) throw expected("at least one layer", "layers", layers);
  const all = given.map((layer, i) => checkLayer(layer, Array.isArray(layers) ? `layers[${i}]` : "layers"));
  for (const layer of all) checkSameSamples(all[0]!, layer);
  const { samples } = all[0]!;
  const checkedTargets = checkTargets(targets, samples, "targets");
  checked.signal?.throwIfAborted();

  const watch = stopwatch();
  const medians = await findMedians(all, checked);
  watch.lap("medians");
  const alignments = await align(all, checkedTargets, medians, checked);
  watch.lap("engine");
  const spectra = await decompose(all, checkedTargets, medians, checked);
  watch.lap("factors");
  const { representation, classes } = checkedTargets;
  const { kernel, precision, seed, threads, lambdas, exponents } = checked;
  return {
    samples,
    kernel: describeKernel(kernel),
    targets: { name: representation.name, columns: representation.features, classes },
    exponents,
    layers: all.map((layer, i): LayerTask => ({ layer: summarise(layer), ...alignments[i]!, ...spectra[i]! })),
    timings: { ...watch.laps, total: performance.now() - started },
    options: {
      kernel: describeKernel(kernel),
      precision,
      seed,
      threads,
      lambdas: lambdas === null ? "10^-9 to 10 times tr(K/n)" : [...lambdas],
    },
  };
}
