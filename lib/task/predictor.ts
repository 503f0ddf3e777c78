import type { PredictorRisk } from "../task-result.ts";
import { breaths } from "../breath.ts";

export interface PredictorInput {
  readonly samples: number;
  readonly columns: number;
  /** Y, n×t. */
  readonly targets: Float64Array;
  /** ‖Y‖². */
  readonly total: number;
  /** KY/‖K‖ at [i·2t + t + j], as {@link projectAndPredict} leaves it. */
  readonly products: Float64Array;
}

/** ±c in every entry, for one c. */
function isSigned(targets: Float64Array): boolean {
  const size = Math.abs(targets[0]!);
  return size > 0 && targets.every((value) => Math.abs(value) === size);
}

/**
 * The predictor that the kernel is by itself, h(x) = E'[K(x,x')y']/√(E K²), against its bound R(h) ≤ 2(1 − A), on the samples. It is
 * two uses of Cauchy and Schwarz on any measure, so on the empirical one it holds to rounding. Cortes, Mohri and Rostamizadeh 2012; Insulla,
 * Huang and Rosasco 2025, remark 7, with the root of E K² and E‖y‖² = 1 where the remark has E K² (and no further assumption).
 */
export async function predictorRisk(input: PredictorInput): Promise<PredictorRisk> {
  const { samples, columns, targets, total, products } = input;
  // E‖y‖² = 1 for y = Y·unit.
  const unit = Math.sqrt(samples / total);
  const breath = breaths();
  let [errors, aligned, wrong] = [0, 0, 0];
  for (let i = 0; i < samples; i += 1) {
    for (let j = 0; j < columns; j += 1) {
      const target = targets[i * columns + j]! * unit;
      const predicted = products[i * 2 * columns + columns + j]! * unit;
      errors += (predicted - target) ** 2;
      aligned += predicted * target;
      if (predicted * target <= 0) wrong += 1;
    }
    if (i % 1024 === 0) await breath();
  }
  const risk = errors / samples;
  const bound = 2 * (1 - aligned / samples);
  return {
    risk,
    bound,
    slack: bound - risk,
    wrongSigns: isSigned(targets) ? wrong / targets.length : null,
  };
}
