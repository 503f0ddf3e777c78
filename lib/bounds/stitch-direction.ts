import { workOptionsOf } from "../work-options.ts";
import type { Comparison } from "../comparison.ts";
import type { PhaseOptions } from "../phase-job.ts";
import type { Representation } from "../representation.ts";
import { fitStitchers } from "../stitching/fit-stitchers.ts";
import type { Stitcher, StitcherMethod } from "../stitching/stitcher.ts";
import type { StitchDirection, StitchedPair, StitchEvaluation } from "../stitching-result.ts";
import type { WorkOptions } from "../work-options.ts";

import { evaluateStitching } from "./evaluate-stitching.ts";
import { depthOf, networkRisk, type PreparedNetwork, type SweepTask } from "./prepared-network.ts";
import { gapOf } from "./risk-gap-bound.ts";
import { rowErrors } from "./row-errors.ts";
import { score } from "./scored.ts";

function wayOf(from: number, to: number): StitchedPair["way"] {
  // Depths are ratios of small whole numbers: equal ones may differ in their last bit.
  if (Math.abs(from - to) < 1e-9) return "level";
  return from < to ? "forward" : "backward";
}

interface PairOutcome {
  readonly fitted: StitchEvaluation;
  readonly heldOut: StitchEvaluation | null;
}

/** Runs one stitched network on all rows once, and evaluates it on both sets of them. */
async function runPair(
  stitcher: Stitcher,
  source: Representation,
  to: PreparedNetwork,
  layer: number,
  task: SweepTask,
  work: WorkOptions,
): Promise<PairOutcome> {
  const target = to.layers[layer]!;
  const stitched = await stitcher.apply(source, work);
  const outputs = await to.network.head(target.name).apply(stitched, work);
  const found = {
    stitched: await score(outputs, task.targets, task.classes),
    own: to.own[layer]!,
    mismatch: await rowErrors(stitched, target),
  };
  const kappa = to.kappas[layer]!;
  const constant = "reason" in kappa ? Infinity : kappa.constant;
  return {
    fitted: evaluateStitching(found, constant, task.split?.fitted ?? null),
    heldOut: task.split === null ? null : evaluateStitching(found, constant, task.split.heldOut),
  };
}

/** What all directions of a sweep share. */
export interface Sweep {
  readonly networks: readonly PreparedNetwork[];
  readonly method: StitcherMethod;
  readonly task: SweepTask;
  readonly work: PhaseOptions;
  readonly alignment: Comparison;
  /** Where the layers of a network begin in the alignment. */
  readonly offsets: readonly number[];
  /** Called for every pair that is done. */
  readonly tick: () => void;
}

/** Stitches every layer of one network to every layer of another, and runs what comes of it. */
export async function runDirection(sweep: Sweep, from: number, to: number): Promise<StitchDirection> {
  const { networks, method, task, work, alignment, offsets } = sweep;
  const [first, second] = [networks[from]!, networks[to]!];
  const quiet = workOptionsOf({ ...work, onProgress: undefined });
  const fits = await fitStitchers(first.layers, second.layers, method, {
    ...workOptionsOf(work),
    ...(task.split === null ? {} : { rows: task.split.fitted }),
  });
  const pairs: StitchedPair[] = [];
  for (const [i, source] of first.layers.entries()) {
    for (const j of second.layers.keys()) {
      const fit = fits[i]![j]!;
      const failed = "reason" in fit ? fit.reason : null;
      const run = "reason" in fit ? null : await runPair(fit, source, second, j, task, quiet);
      pairs.push({
        from: i,
        to: j,
        way: wayOf(depthOf(first, i), depthOf(second, j)),
        status: failed === null ? "ok" : "undefined",
        reason: failed,
        lambda: "reason" in fit ? null : fit.lambda,
        rank: "reason" in fit ? null : fit.rank,
        fitted: run?.fitted ?? null,
        heldOut: run?.heldOut ?? null,
        cka: alignment.get("cka.debiased", offsets[from]! + i, offsets[to]! + j).value,
        ka: alignment.get("ka", offsets[from]! + i, offsets[to]! + j).value,
      });
      sweep.tick();
    }
  }
  const gap = (rows: "fitted" | "heldOut"): StitchDirection["gap"]["fitted"] => {
    const set = task.split?.[rows] ?? null;
    return gapOf(
      networkRisk(first, set).risk,
      networkRisk(second, set).risk,
      pairs.map((pair) => {
        const found = pair[rows];
        const kappa = second.kappas[pair.to]!;
        if (found === null) return null;
        return {
          kappa: "reason" in kappa ? Infinity : kappa.constant,
          misalignment: found.misalignment,
          stitchedRisk: found.risk,
        };
      }),
    );
  };
  return { from, to, pairs, gap: { fitted: gap("fitted"), heldOut: task.split === null ? null : gap("heldOut") } };
}
