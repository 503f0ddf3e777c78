import type { StitchingResult } from "../../stitching-result.ts";
import { escaped } from "../svg/markup.ts";
import { rowSetText, tellingRows } from "./row-sets.ts";
import { stitchingsOn } from "./stitchings.ts";
import { tightnessOf } from "./tightness.ts";
import { timesText } from "./times-text.ts";

/** From here on a bound says little that a reader could use. */
const loose = 3;

function looseness(result: StitchingResult): string {
  const { median, least } = tightnessOf(stitchingsOn(result, tellingRows(result)).map(({ evaluation }) => evaluation));
  if (median === null || least === null) return "No pair has a bound here: no head has a known κ.";
  const why =
    "κ is the product of the spectral norms of all layers behind the stitch, each of which is reached only in that layer’s own worst direction; features hardly " +
    "ever take all of them one after the other. κ also counts every error of the stitcher as if it lay in the head’s worst direction.";
  if (median < loose)
    return `The bound is close here: ${timesText(median)} the measured risk in the median. That is not so in general: ${why}`;
  const best = least < loose ? ` It is closest with ${timesText(least)}.` : "";
  return `The bound is loose here: ${timesText(median)} the measured risk in the median.${best} ${why} It tightens towards the output, where few factors are left. Take the bound as a guarantee that nothing can break, and the measured risk as the answer.`;
}

function splitAdvice(result: StitchingResult): string {
  if (result.rows.heldOut > 0) {
    return `Held out and fitted: a stitcher has many parameters, so its error on the ${result.rows.fitted.toLocaleString("en-US")} rows that it was fitted on flatters it. Read the ${rowSetText(result, "heldOut")}; the switch above shows both. (Whether the networks themselves were trained on these rows is not known to this report.)`;
  }
  return "All numbers are on the rows that the stitchers were fitted on, which flatters them, the more so the wider the layers are against the number of rows. Give a split (--split 0.8) to see what it costs on rows held out.";
}

/** What can be read from the figures, and what cannot. */
export function readingGuide(result: StitchingResult): string {
  const points = [
    "Start at the maps: a low excess says that what the second network’s head needs can be read from the first network’s layer by this kind of stitcher. It does not say that the two layers are alike.",
    splitAdvice(result),
    looseness(result),
    "That no point lies above the diagonal is a check of the arithmetic and of κ, not a finding: theorem 1 cannot fail on the rows that it was evaluated on.",
    result.networks.some(({ baseline }) => baseline)
      ? "Hold each stitched risk against the one from the untrained network: where the two are close, the stitcher and the head did the work, not the trained source."
      : "There is no baseline here: a low stitched risk may be the stitcher’s work and not the source network’s.",
  ];
  return `<ul class="guide">${points.map((text) => `<li>${escaped(text)}</li>`).join("")}</ul>`;
}
