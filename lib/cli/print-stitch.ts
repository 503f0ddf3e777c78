import { formatValue } from "../report/format.ts";
import { padEnd, padStart, longest } from "../report/padding.ts";
import { timesText } from "../report/stitching/times-text.ts";
import type { Lipschitz } from "../stitching-result.ts";
import { printable } from "./printable.ts";
import type { StitchedLayer, StitchOnRows } from "./stitched-layer.ts";
import { style } from "./style.ts";
import { terminalWidth } from "./terminal-width.ts";
import { wrap } from "./wrap.ts";

function value(number: number | null): string {
  return number === null || Number.isNaN(number) ? "–" : formatValue(number, false);
}

type Line = readonly [label: string, told: (on: StitchOnRows) => string];

const lines: readonly Line[] = [
  ["matching error Ã", ({ matching }) => value(matching.error)],
  ["  of the spread", ({ matching }) => value(matching.relative)],
  ["own risk R", ({ evaluation }) => value(evaluation.ownRisk)],
  ["stitched risk", ({ evaluation }) => value(evaluation.risk)],
  ["  excess", ({ evaluation }) => value(evaluation.excess)],
  ["  accuracy", ({ evaluation }) => value(evaluation.accuracy)],
  ["bound (√R + κ√Ã)²", ({ evaluation }) => value(evaluation.bound)],
  ["  slack", ({ evaluation }) => value(evaluation.slack)],
  ["  bound/risk", ({ evaluation }) => timesText(evaluation.bound / evaluation.risk)],
];

const taskAwareLines: readonly Line[] = [
  ["task-aware risk", ({ taskAware }) => value(taskAware?.risk ?? null)],
  ["  excess", ({ taskAware }) => value(taskAware?.excess ?? null)],
  ["  accuracy", ({ taskAware }) => value(taskAware?.accuracy ?? null)],
];

const methods: Readonly<Record<Lipschitz["method"], string>> = {
  exact: "exact",
  "spectral-product": "product of spectral norms",
  given: "on your word",
};

function kappaText({ kappa, sampledKappa }: StitchedLayer): string {
  const parts = kappa.parts.map(({ name, constant }) => `${name} ${value(constant)}`).join(" · ");
  const factors = parts === "" ? "" : `: ${parts}`;
  const sampled = sampledKappa === null ? "" : `; at least ${value(sampledKappa)}, as pairs of samples show`;
  return `κ = ${value(kappa.constant)} (${methods[kappa.method]}${factors})${sampled}`;
}

/** A stitched layer as a table on standard output: a column for each set of rows. */
export function printStitch(result: StitchedLayer): void {
  const { stdout } = process;
  const { from, to, head, stitcher, fitted, heldOut, rows } = result;
  const columns = heldOut === null ? [fitted] : [fitted, heldOut];
  const heads = [`${rows.fitted} fitted`, ...(heldOut === null ? [] : [`${rows.heldOut} held out`])];
  const told = [...lines, ...(fitted.taskAware === null ? [] : taskAwareLines)].map(([label, tell]) => [
    label,
    ...columns.map(tell),
  ]);
  const width = longest(told.map(([label = ""]) => label));
  const size = longest([...heads, ...told.flatMap(([, ...cells]) => cells)]);
  const line = ([label = "", ...cells]: readonly string[]): string =>
    [padEnd(label, width), ...cells.map((cell) => padStart(cell, size))].join("  ");
  const chosen = [
    ...(stitcher.lambda === null ? [] : [`λ ${value(stitcher.lambda)}`]),
    ...(stitcher.rank === null ? [] : [`rank ${stitcher.rank}`]),
  ];
  const detail = chosen.length === 0 ? "" : ` (${chosen.join(", ")})`;
  const title = `${stitcher.name}${detail}: ${from} (${stitcher.inputs}) → ${to} (${stitcher.outputs}), head ${head}`;
  const text = [
    style(stdout, "bold", printable(title)),
    style(stdout, "dim", line(["rows", ...heads])),
    ...told.map(line),
    ...wrap(printable(kappaText(result)), terminalWidth(stdout)),
  ];
  stdout.write(`${text.join("\n")}\n`);
}
