import type { Family, MetricMatrix } from "../../result.ts";
import { familyLabels } from "../families.ts";
import { element, escaped } from "../svg/markup.ts";

/** With more metrics than this a row of buttons would wrap; a list takes over. */
const mostButtons = 4;

function radios(name: string, legend: string, choices: readonly (readonly [value: string, label: string])[]): string {
  const buttons = choices.map(
    ([value, label], i) =>
      `<label><input type="radio" name="${name}" value="${value}"${i === 0 ? " checked" : ""}><span>${escaped(label)}</span></label>`,
  );
  return `<fieldset class="switch" id="${name}-choice"><legend>${legend}</legend>${buttons.join("")}</fieldset>`;
}

/** The metrics under the names of their families; within one in their own order. */
function grouped(matrices: readonly MetricMatrix[]): string {
  const families = Object.keys(familyLabels) as Family[];
  return families
    .map((family) => {
      const options = matrices.flatMap((matrix, i) =>
        matrix.family === family ? [element("option", { value: i }, escaped(matrix.label))] : [],
      );
      return options.length === 0 ? "" : element("optgroup", { label: familyLabels[family] }, ...options);
    })
    .join("");
}

function metricChoice(matrices: readonly MetricMatrix[]): string {
  if (matrices.length < 2) return `<input type="hidden" name="metric" value="0">`;
  if (matrices.length > mostButtons) {
    return `<label class="choice">Metric <select name="metric">${grouped(matrices)}</select></label>`;
  }
  return radios(
    "metric",
    "Metric",
    matrices.map(({ label }, i) => [String(i), label]),
  );
}

/** What cells are coloured by; the script takes away what the metric in view does not have. */
function shownChoice(matrices: readonly MetricMatrix[]): string {
  if (matrices.every(({ test }) => test === null)) return "";
  return radios("shown", "Show", [
    ["value", "Value"],
    ["calibrated", "Calibrated"],
    ["p", "p-value"],
  ]);
}

/** The form above the heat map. Its fields are the whole state of the page's script. */
export function controls(matrices: readonly MetricMatrix[]): string {
  return `<form id="controls" class="scripted-only" autocomplete="off">
${metricChoice(matrices)}
${shownChoice(matrices)}
<label class="choice" id="scale-choice">Colours <select name="scale" id="scale">
<option value="full">over the full range</option><option value="data">over the values found</option><option value="log">logarithmic</option>
</select></label>
<label class="choice" id="marks-choice"><input type="checkbox" name="marks" checked> Mark the closest of each row</label>
</form>`;
}
