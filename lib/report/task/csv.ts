import type { LayerTask, TaskAlignment } from "../../task-result.ts";
import { csvLine } from "../csv.ts";
import { powerOfLeading, shareOfSamples, toldShares } from "./shares.ts";

const header = [
  "source",
  "layer",
  "kernel",
  "kta",
  "centred_kta",
  "best_kare",
  "best_lambda",
  "rank",
  "captured",
  ...toldShares.map((share) => `power_${share * 100}pct`),
  "power_columns",
  "predictor_risk",
  "predictor_bound",
  "predictor_slack",
  "wrong_signs",
  "status",
  "reason",
];

function number(value: number | null | undefined): string {
  return value === null || value === undefined || Number.isNaN(value) ? "" : String(value);
}

/** One reason for everything that a layer lacks. */
function reasonOf({ reason, kta, centredKta }: LayerTask): string {
  return [...new Set([reason, kta.reason, centredKta.reason].filter((text) => text !== null))].join("; ");
}

/** One line a layer, in RFC 4180's format; a number that does not exist is an empty field, and `reason` says why. */
export function layersCsv(data: TaskAlignment): string {
  const lines = data.layers.map((layer) =>
    csvLine([
      layer.layer.source ?? "",
      layer.layer.name,
      data.kernel,
      number(layer.kta.value),
      number(layer.centredKta.value),
      number(layer.best?.kare),
      number(layer.best?.lambda),
      String(layer.rank),
      number(layer.captured),
      ...toldShares.map((share) => number(powerOfLeading(layer, shareOfSamples(data.samples, share)))),
      number(powerOfLeading(layer, data.targets.columns)),
      number(layer.predictor?.risk),
      number(layer.predictor?.bound),
      number(layer.predictor?.slack),
      number(layer.predictor?.wrongSigns),
      layer.status,
      reasonOf(layer),
    ]),
  );
  return csvLine(header) + lines.join("");
}

/** Every curve of every layer, a point a line: `curve` is kare (x: λ), cumulative_power (x: m), source_condition (x: r) or spectrum (x: i). */
export function* curvesCsvParts(data: TaskAlignment): Generator<string> {
  yield csvLine(["source", "layer", "curve", "x", "y"]);
  for (const layer of data.layers) {
    const counts = Float64Array.from(layer.eigenvalues, (_, i) => i + 1);
    const curves: readonly (readonly [string, Float64Array, Float64Array])[] = [
      ["kare", layer.lambdas, layer.kare],
      ["cumulative_power", counts, layer.cumulativePower],
      ["source_condition", data.exponents, layer.sourceCondition],
      ["spectrum", counts, layer.eigenvalues],
    ];
    for (const [name, x, y] of curves) {
      for (const [i, value] of y.entries()) {
        yield csvLine([layer.layer.source ?? "", layer.layer.name, name, String(x[i]), String(value)]);
      }
    }
  }
}
