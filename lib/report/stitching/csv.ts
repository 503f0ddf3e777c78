import type { StitchingResult } from "../../stitching-result.ts";
import { csvLine } from "../csv.ts";
import { rowSetsOf } from "./row-sets.ts";

const header = [
  "from",
  "from_layer",
  "from_depth",
  "to",
  "to_layer",
  "to_depth",
  "baseline",
  "way",
  "stitcher",
  "rows",
  "samples",
  "risk",
  "accuracy",
  "own_risk",
  "excess",
  "misalignment",
  "kappa",
  "kappa_method",
  "bound",
  "slack",
  "cka",
  "ka",
  "lambda",
  "rank",
  "status",
  "reason",
];

function number(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "";
  return Number.isFinite(value) ? String(value) : value > 0 ? "inf" : "-inf";
}

/**
 * The tidy table of a sweep: one line for every pair of layers and set of rows (`fitted`, `held_out`), in RFC 4180's format. A number that
 * does not exist is an empty field, and `reason` says why; a bound without a known κ is `inf`.
 */
export function* stitchingCsvParts(result: StitchingResult): Generator<string> {
  yield csvLine(header);
  const sets = rowSetsOf(result);
  for (const { from, to, pairs } of result.directions) {
    const [source, target] = [result.networks[from]!, result.networks[to]!];
    for (const pair of pairs) {
      const [first, second] = [source.layers[pair.from]!, target.layers[pair.to]!];
      for (const set of sets) {
        const found = pair[set];
        yield csvLine([
          source.name,
          first.layer.name,
          number(first.depth),
          target.name,
          second.layer.name,
          number(second.depth),
          String(source.baseline),
          pair.way,
          result.stitcher,
          set === "fitted" ? "fitted" : "held_out",
          String(found?.samples ?? result.rows[set]),
          number(found?.risk),
          number(found?.accuracy),
          number(found?.ownRisk),
          number(found?.excess),
          number(found?.misalignment),
          number(second.lipschitz?.constant),
          second.lipschitz?.method ?? "",
          number(found?.bound),
          number(found?.slack),
          number(pair.cka),
          number(pair.ka),
          number(pair.lambda),
          number(pair.rank),
          pair.status,
          pair.reason ?? "",
        ]);
      }
    }
  }
}
