import type { NativeMatrix } from "../native.ts";
import type { Factorised } from "../spectral/factorise.ts";
import type { LayerTask } from "../task-result.ts";
import { cumulativePower } from "./cumulative-power.ts";
import { defaultLambdas, kareAt } from "./kare.ts";
import type { CheckedTaskOptions } from "./options.ts";
import { predictorRisk } from "./predictor.ts";
import type { ProjectedTargets } from "./project-targets.ts";
import { sourceConditionAt } from "./source-condition.ts";
import type { TargetPower } from "./target-power.ts";

/** All of a layer's task that comes from its eigendecomposition. */
export type LayerSpectrumOfTask = Omit<LayerTask, "layer" | "kta" | "centredKta">;

export function withoutSpectrum(reason: string): LayerSpectrumOfTask {
  const nothing = new Float64Array(0);
  return {
    status: "undefined",
    reason,
    rank: 0,
    eigenvalues: nothing,
    power: nothing,
    captured: NaN,
    cumulativePower: nothing,
    lambdas: nothing,
    kare: nothing,
    best: null,
    sourceCondition: nothing,
    predictor: null,
  };
}

function leastOf(lambdas: Float64Array, kare: Float64Array): LayerTask["best"] {
  let least = 0;
  for (const [k, value] of kare.entries()) if (value < kare[least]!) least = k;
  const lambda = lambdas[least]!;
  const others = lambdas.filter((other) => other !== lambda);
  const below = others.some((other) => other < lambda);
  const above = others.some((other) => other > lambda);
  const end = below === above ? null : above ? "least" : "greatest";
  return { lambda, kare: kare[least]!, end };
}

/** Every formula over one eigendecomposition and what it makes of the targets. */
export async function describeLayer(
  factor: Factorised,
  projected: ProjectedTargets,
  matrix: NativeMatrix,
  targets: Float64Array,
  options: CheckedTaskOptions,
): Promise<LayerSpectrumOfTask> {
  const { rows: samples, cols: columns } = matrix;
  const { power, outside, total, products } = projected;
  const eigenvalues = factor.eigenvalues.map((value) => value / samples);
  const target: TargetPower = { samples, eigenvalues, power, outside, total };
  const lambdas = options.lambdas?.slice() ?? defaultLambdas(factor.trace / samples);
  const kare = lambdas.map((lambda) => kareAt(target, lambda));
  const { curve, captured } = cumulativePower(target);
  return {
    status: "ok",
    reason: null,
    rank: factor.rank,
    eigenvalues,
    power: power.map((value) => value / total),
    captured,
    cumulativePower: curve,
    lambdas,
    kare,
    best: leastOf(lambdas, kare),
    sourceCondition: options.exponents.map((exponent) => sourceConditionAt(target, exponent)),
    predictor: await predictorRisk({ samples, columns, targets, total, products }),
  };
}
