// The catalogue of metrics as Markdown: a table for each family.

/** Letters for what leaves a metric unchanged, as the page explains them. */
const letters = { translation: "T", scale: "S", rotation: "R", linear: "L", duplication: "D" };

const costs = { tiles: "pass", factor: "factor", pair: "pair", ranks: "ranks" };

const end = (value) => (value === Math.PI / 2 ? "π/2" : String(value).replace("-", "−"));

function range([low, high]) {
  if (low !== null && high !== null) return `${end(low)} … ${end(high)}`;
  if (low !== null) return `≥ ${end(low)}`;
  return high === null ? "any" : `≤ ${end(high)}`;
}

function choices({ variants, parameters, kernel }) {
  return [
    ...variants.map((variant) => `\`.${variant}\``),
    ...parameters.map((parameter) => `\`${parameter.name}=${parameter.default}\``),
    ...(kernel === null ? [] : [`${kernel} kernel`]),
  ].join(", ");
}

/** A bar would end the cell. */
const cell = (text) => text.replaceAll("|", "\\|");

function row(entry) {
  const { id, label, summary, formula, sense, symmetric, invariances, cost, source } = entry;
  const unchanged = Object.entries(letters).flatMap(([name, letter]) => (invariances[name] ? [letter] : []));
  return [
    `\`${id}\`<br>${label}`,
    `${summary}<br>\`${formula}\``,
    `${sense}, ${range(entry.range)}${symmetric ? "" : ", directed"}`,
    choices(entry),
    unchanged.join(" "),
    costs[cost],
    source,
  ];
}

/** `entries`: `metrics.list()`; `familyLabels`: what the families are called. */
export function metricsTable(entries, familyLabels) {
  const header = ["metric", "question and formula", "value", "choices", "unchanged", "cost", "source"];
  const line = (cells) => `| ${cells.map(cell).join(" | ")} |`;
  return [...new Set(entries.map(({ family }) => family))]
    .flatMap((family) => [
      `### ${familyLabels[family]} (\`${family}\`)`,
      "",
      line(header),
      line(header.map(() => "---")),
      ...entries.filter((entry) => entry.family === family).map((entry) => line(row(entry))),
      "",
    ])
    .join("\n")
    .trim();
}
