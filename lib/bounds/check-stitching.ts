import { checkOptions, expected } from "../check.ts";
import { ArgumentError } from "../errors.ts";
import { checkHead } from "../heads/check-head.ts";
import type { Head } from "../heads/head.ts";
import { checkRows, type RowIndices } from "../matrix/rows.ts";
import type { PhaseOptions } from "../phase-job.ts";
import type { Representation } from "../representation.ts";
import { checkSameSamples } from "../spectral/check-layers.ts";
import { checkFeatures } from "../stitching/check-sides.ts";
import type { Stitcher } from "../stitching/stitcher.ts";
import { checkTargetNumbers, type Targets } from "../task/targets.ts";
import { checkWorkOptions, workKeys, type WorkOptions } from "../work-options.ts";

/** On which rows something is evaluated, and how the work is run. */
export interface EvaluationOptions extends WorkOptions {
  /** The rows that count, as a caller numbers them; all by default. */
  readonly rows?: RowIndices;
}

/** Options with `rows` left as they are: they are checked against the samples by {@link rowsOf}. */
export function checkEvaluation<K extends string>(
  options: unknown,
  name: string,
  more: readonly K[],
): { readonly given: Readonly<Partial<Record<K | "rows", unknown>>>; readonly work: PhaseOptions } {
  const given = checkOptions(options, name, ["rows", ...more, ...workKeys]);
  return { given, work: checkWorkOptions(given) };
}

/** The rows as numbers of their own; null for all. */
export function rowsOf(rows: unknown, samples: number): Uint32Array | null {
  if (rows === undefined) return null;
  checkRows(rows as RowIndices, samples, "rows");
  return Uint32Array.from(rows as ArrayLike<number>);
}

export function checkStitcher(value: unknown, name: string): Stitcher {
  const stitcher = value as Partial<Stitcher> | null | undefined;
  if (
    typeof stitcher === "object" &&
    stitcher !== null &&
    typeof stitcher.apply === "function" &&
    "fitted" in stitcher
  ) {
    return stitcher as Stitcher;
  }
  throw expected("a fitted stitcher, such as stitchers.affine().fit() answers,", name, value);
}

function mismatch(what: string, expectedWidth: number, received: string, found: number): ArgumentError {
  return new ArgumentError("SHAPE_MISMATCH", `Expected ${expectedWidth} ${what} but received ${found}: ${received}.`, {
    expected: expectedWidth,
    received: found,
  });
}

/** @throws ArgumentError SHAPE_MISMATCH when the head does not take features of this width. */
export function checkHeadFits(head: Head, width: number, of: string): void {
  if (head.inputs === width) return;
  throw mismatch(`features for the head ${head.name}`, head.inputs, of, width);
}

/** @throws ArgumentError SHAPE_MISMATCH when the stitcher does not take this source. */
export function checkStitcherFits(stitcher: Stitcher, source: Representation): void {
  if (stitcher.inputs === source.features) return;
  throw mismatch(`features for the stitcher ${stitcher.name}`, stitcher.inputs, String(source), source.features);
}

/** The targets as a representation as wide as the head's outputs. */
export function checkTargetsFit(targets: Targets, samples: number, head: Head): Representation {
  const { representation } = checkTargetNumbers(targets, samples, "targets");
  if (representation.features === head.outputs) return representation;
  throw mismatch(
    `target columns, as many as the head ${head.name} has outputs,`,
    head.outputs,
    String(representation),
    representation.features,
  );
}

/** Features, a head for them, and targets, each of the same samples. */
export function checkModel(
  { features, head, targets }: { readonly features: unknown; readonly head: unknown; readonly targets: unknown },
  name: string,
): { readonly features: Representation; readonly head: Head; readonly targets: Representation } {
  const checkedFeatures = checkFeatures(features, `${name}.features`);
  const checkedHead = checkHead(head, `${name}.head`);
  checkHeadFits(checkedHead, checkedFeatures.features, String(checkedFeatures));
  return {
    features: checkedFeatures,
    head: checkedHead,
    targets: checkTargetsFit(targets as Targets, checkedFeatures.samples, checkedHead),
  };
}

/** A source, a stitcher for it, a head for what the stitcher gives, and targets. */
export function checkStitched(
  given: { readonly source: unknown; readonly stitcher: unknown; readonly head: unknown; readonly targets: unknown },
  name: string,
): {
  readonly source: Representation;
  readonly stitcher: Stitcher;
  readonly head: Head;
  readonly targets: Representation;
} {
  const source = checkFeatures(given.source, `${name}.source`);
  const stitcher = checkStitcher(given.stitcher, `${name}.stitcher`);
  const head = checkHead(given.head, `${name}.head`);
  checkStitcherFits(stitcher, source);
  checkHeadFits(head, stitcher.outputs, `the stitcher ${stitcher.name}`);
  return { source, stitcher, head, targets: checkTargetsFit(given.targets as Targets, source.samples, head) };
}

/** The target layer that a stitcher is held against. */
export function checkTargetLayer(
  value: unknown,
  source: Representation,
  stitcher: Stitcher,
  name: string,
): Representation {
  const target = checkFeatures(value, name);
  checkSameSamples(source, target);
  if (target.features !== stitcher.outputs) {
    throw mismatch(
      `features of the target for the stitcher ${stitcher.name}`,
      stitcher.outputs,
      String(target),
      target.features,
    );
  }
  return target;
}
