import type { MetricMatrix } from "../../result.ts";
import { element, escaped } from "../svg/markup.ts";

/** With more metrics than this a row of buttons would wrap; a list takes over. */
const mostButtons = 4;

function metricChoice(matrices: readonly MetricMatrix[]): string {
  if (matrices.length < 2) return `<input type="hidden" name="metric" value="0">`;
  if (matrices.length > mostButtons) {
    const options = matrices.map(({ label }, i) => element("option", { value: i }, escaped(label)));
    return `<label class="choice">Metric <select name="metric">${options.join("")}</select></label>`;
  }
  const buttons = matrices.map(
    ({ label }, i) =>
      `<label><input type="radio" name="metric" value="${i}"${i === 0 ? " checked" : ""}><span>${escaped(label)}</span></label>`,
  );
  return `<fieldset class="switch"><legend>Metric</legend>${buttons.join("")}</fieldset>`;
}

/** The form above the heat map. Its fields are the whole state of the page's script. */
export function controls(matrices: readonly MetricMatrix[]): string {
  return `<form id="controls" class="scripted-only" autocomplete="off">
${metricChoice(matrices)}
<label class="choice" id="scale-choice">Colours <select name="scale" id="scale">
<option value="full">over the full range</option><option value="data">over the values found</option><option value="log">logarithmic</option>
</select></label>
<label class="choice" id="marks-choice"><input type="checkbox" name="marks" checked> Mark the closest of each row</label>
</form>`;
}

/** What each metric is and where it comes from; the script shows the one in view. */
export function metricNotes(matrices: readonly MetricMatrix[]): string {
  return matrices
    .map((matrix, i) => {
      const estimator = matrix.estimator === null ? "" : `, ${matrix.estimator} estimator`;
      const text = `${escaped(matrix.kernel)} kernel${estimator}, ${rangeText(matrix)}. <cite>${escaped(matrix.source)}</cite>`;
      return `<p class="metric-note" data-metric="${i}"><b>${escaped(matrix.label)}</b>: ${text}</p>`;
    })
    .join("\n");
}

function rangeText({ range: [low, high], estimator }: MetricMatrix): string {
  const leaves = estimator === "debiased" || estimator === "minibatch" ? "; the estimator may leave it" : "";
  if (low === null && high === null) return "without fixed ends";
  if (low === null) return `up to ${high}${leaves}`;
  if (high === null) return `from ${low} upwards${leaves}`;
  return `range ${low} to ${high}${leaves}`.replaceAll("-", "\u2212");
}
