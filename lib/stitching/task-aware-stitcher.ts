import { checkOptions, expected } from "../check.ts";
import { ArgumentError } from "../errors.ts";
import { heads } from "../heads/heads.ts";
import { Representation } from "../representation.ts";
import { checkWorkOptions, workKeys, type WorkOptions } from "../work-options.ts";
import type { MapArrays } from "./stitched-risk.ts";
import type { FitOptions, LinearMap, MatchingError, Stitcher } from "./stitcher.ts";

/** The rows asked for; all by default. */
export function rowsOf(representation: Representation, rows: FitOptions["rows"]): Representation {
  return rows === undefined ? representation : representation.rows(rows);
}

function checkPair(source: unknown, target: unknown): asserts target is Representation {
  if (!(source instanceof Representation)) throw expected("a Representation", "source", source);
  if (!(target instanceof Representation)) throw expected("a Representation", "target", target);
  if (source.samples === target.samples) return;
  throw new ArgumentError(
    "SHAPE_MISMATCH",
    `Expected the same samples, row for row, but received ${String(source)} and ${String(target)}.`,
    { source: source.samples, target: target.samples },
  );
}

/** (1/n)·Σ‖z_i − y_i‖², and the same over the mean square of y about its mean. */
function matchingErrorOf(z: Float64Array, target: Representation): MatchingError {
  const y = target.toFloat64Array();
  const { samples } = target;
  const { scatter } = target.facts;
  let error = 0;
  for (let k = 0; k < y.length; k += 1) error += (z[k]! - y[k]!) ** 2 / samples;
  const variance = scatter / samples;
  return { error, relative: variance === 0 ? NaN : error / variance, samples };
}

/** x ↦ Sx + b as a stitcher. `target` is what it is compared to on the rows it was fitted on, where there is such a thing. */
export async function taskAwareStitcherOf(
  map: MapArrays,
  source: Representation,
  target: Representation | null,
  outputs: number,
  options: WorkOptions,
): Promise<Stitcher> {
  const { weights, bias } = map;
  const inputs = source.features;
  const name = "task-aware";
  const linear = heads.linear({ weights, shape: [outputs, inputs], ...(bias === null ? {} : { bias }), name });
  const error: Stitcher["error"] = async (from, to, fitOptions) => {
    const { rows, ...work } = checkOptions(fitOptions, "error(options)", ["rows", ...workKeys]);
    checkWorkOptions(work);
    checkPair(from, to);
    if (to.features !== outputs) {
      throw new ArgumentError("SHAPE_MISMATCH", `Expected ${outputs} features for target but received ${String(to)}.`, {
        expected: outputs,
        received: to.features,
      });
    }
    const chosen = rowsOf(from, rows as FitOptions["rows"]);
    const made = await linear.apply(chosen, work as WorkOptions);
    return matchingErrorOf(made.toFloat64Array(), rowsOf(to, rows as FitOptions["rows"]));
  };
  const nothing: MatchingError = { error: NaN, relative: NaN, samples: source.samples };
  return Object.freeze({
    kind: "task-aware",
    name,
    inputs,
    outputs,
    map: (): LinearMap => ({ weights: weights.slice(), bias: bias?.slice() ?? null }),
    lambda: null,
    rank: null,
    fitted: target === null ? nothing : await error(source, target, options),
    apply: linear.apply,
    error,
  });
}
