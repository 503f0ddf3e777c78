import type { MetricMatrix } from "../../result.ts";
import { familyLabels } from "../families.ts";
import { formatTick, typographic } from "../format.ts";
import { escaped } from "../svg/markup.ts";
import { saysAll } from "./page-data.ts";
import { percent } from "./quantities.ts";

/** Variants that estimate without bias, or nearly so, and pay for it by leaving the metric's range now and then. */
const leaving = new Set(["debiased", "unbiased", "minibatch", "corrected", "bias-corrected"]);

/** Ends of ranges that people know by another name than their digits. */
const knownEnds: readonly (readonly [number, string])[] = [
  [Math.PI / 2, "π/2"],
  [Math.PI, "π"],
  [Math.SQRT2, "√2"],
];

function endText(end: number): string {
  const known = knownEnds.find(([value]) => Math.abs(value - end) < 1e-9);
  return known === undefined ? typographic(formatTick(end)) : known[1];
}

function rangeText({ range: [low, high], variant }: MetricMatrix): string {
  const leaves = variant !== null && leaving.has(variant) ? "; the estimator may leave it" : "";
  if (low === null && high === null) return "without fixed ends";
  if (low === null) return `up to ${endText(high ?? 0)}${leaves}`;
  if (high === null) return `from ${endText(low)} upwards${leaves}`;
  return `range ${endText(low)} to ${endText(high)}${leaves}`;
}

function anchor(metric: string): string {
  return `definition-${metric.replace(/[^\w.-]/g, "-")}`;
}

function directionText({ symmetric }: MetricMatrix): string {
  return symmetric ? "symmetric" : "directed, row → column";
}

function senseText({ sense }: MetricMatrix): string {
  return sense === "distance" ? "a distance: 0 = the same" : "greater = more alike";
}

/** How a test and intervals were made, in a sentence each. */
function resamplingText({ test, intervals }: MetricMatrix, whole: boolean): string {
  const count = (value: number): string => value.toLocaleString("en-US");
  const parts = [
    test === null
      ? ""
      : `p-values from ${count(test.permutations)} permutations (seed ${test.seed}), adjusted over the pairs of this metric by Holm and by Benjamini and Hochberg (BH).`,
    intervals === null
      ? ""
      : intervals.method === "jackknife"
        ? `${percent(intervals.level)} intervals from the jackknife over samples.`
        : `${percent(intervals.level)} intervals from ${count(intervals.resamples)} bootstrap samples.`,
  ];
  if (!whole && (test !== null || intervals !== null))
    parts.push("Nulls and intervals of so many pairs are in pairs.csv.");
  return parts.map((part) => (part === "" ? "" : ` ${part}`)).join("");
}

/** How each matrix was computed; the script shows the note of the one in view. */
export function metricNotes(matrices: readonly MetricMatrix[]): string {
  const whole = saysAll({ matrices });
  return matrices
    .map((matrix, i) => {
      const parameters = Object.entries(matrix.parameters).map(([name, value]) => `${name} = ${value}`);
      const facts = [
        ...(matrix.variant === null ? [] : [matrix.variant]),
        ...(matrix.kernel === null ? [] : [`${matrix.kernel} kernel`]),
        ...parameters,
        rangeText(matrix),
        ...(matrix.symmetric ? [] : [directionText(matrix)]),
      ];
      const text = `${escaped(facts.join(", "))}. <a href="#${anchor(matrix.metric)}">Definition</a>.${escaped(resamplingText(matrix, whole))}`;
      return `<p class="metric-note" data-metric="${i}"><b>${escaped(matrix.label)}</b>: ${text}</p>`;
    })
    .join("\n");
}

function distinct(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts.filter((text) => text !== undefined && text !== ""))] as string[];
}

function entry(matrices: readonly MetricMatrix[]): string {
  const [first] = matrices;
  if (first === undefined) return "";
  const facts = distinct(
    matrices.map((matrix) => [rangeText(matrix), directionText(matrix), senseText(matrix)].join(" · ")),
  );
  const labels = distinct(matrices.map(({ label }) => label));
  const parts = [
    `<h4><code>${escaped(first.metric)}</code> ${escaped(labels.join(" · "))}</h4>`,
    ...distinct(matrices.map(({ definition }) => definition)).map((text) => `<p>${escaped(text)}</p>`),
    ...distinct(matrices.map(({ formula }) => formula)).map((text) => `<p class="formula">${escaped(text)}</p>`),
    ...facts.map((text) => `<p class="hint">${escaped(text)}</p>`),
    ...distinct(matrices.map(({ source }) => source)).map(
      (text) => `<p class="hint"><cite>${escaped(text)}</cite></p>`,
    ),
  ];
  return `<article id="${anchor(first.metric)}">${parts.join("")}</article>`;
}

/** What each metric is, one entry an id, under the names of the families. */
export function definitions(matrices: readonly MetricMatrix[]): string {
  const families = Object.entries(familyLabels).map(([family, label]) => {
    const members = matrices.filter((matrix) => matrix.family === family);
    if (members.length === 0) return "";
    const ids = distinct(members.map(({ metric }) => metric));
    const entries = ids.map((id) => entry(members.filter(({ metric }) => metric === id)));
    return `<div class="family"><h3>${escaped(label)}</h3><div class="entries">${entries.join("\n")}</div></div>`;
  });
  return families.filter((family) => family !== "").join("\n");
}
