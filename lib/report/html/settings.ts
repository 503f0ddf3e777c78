import type { ComparisonData } from "../../result.ts";
import type { ReportEnvironment } from "../environment.ts";
import { escaped } from "../svg/markup.ts";
import { duration, flops, megabytes } from "./units.ts";

type Entry = readonly [string, string];

function list(title: string, entries: readonly Entry[]): string {
  if (entries.length === 0) return "";
  const lines = entries.map(([name, value]) => `<dt>${escaped(name)}<dd>${escaped(value)}`);
  return `<div><h3>${title}</h3><dl>${lines.join("")}</dl></div>`;
}

function shown(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(shown).join(", ");
  return JSON.stringify(value) ?? "";
}

function planEntries({ plan }: ComparisonData): Entry[] {
  const { space, precision, stack } = plan;
  const spaces = { gram: "Gram space", feature: "feature space", minibatch: "minibatches", none: "none" };
  return [
    ["space", spaces[space]],
    ["reason", plan.reason],
    ["precision", stack === "f64" && precision === "f32" ? "f32 tiles, f64 sums" : `${precision} tiles, f64 sums`],
    ["instruction set", plan.instructionSet],
    ["threads", String(plan.threads)],
    ["block", `${plan.block} samples`],
    ...(plan.batch === null ? [] : [["batch", `${plan.batch} samples`] as const]),
    ["memory beyond the inputs", megabytes(plan.memory)],
    ["work in Gram space", flops(plan.flops.gram)],
    ...(plan.flops.feature === null ? [] : [["work in feature space", flops(plan.flops.feature)] as const]),
    ...(plan.flops.minibatch === null ? [] : [["work in minibatches", flops(plan.flops.minibatch)] as const]),
  ];
}

/** How the numbers came about: options, plan, timings, versions. */
export function settings(data: ComparisonData, environment: ReportEnvironment): string {
  const { blas } = environment;
  return [
    list(
      "Options",
      Object.entries(data.options).map(([name, value]) => [name, shown(value)]),
    ),
    list("Plan", planEntries(data)),
    list(
      "Timings",
      Object.entries(data.timings).map(([name, milliseconds]) => [name, duration(milliseconds)]),
    ),
    list("Made with", [
      ["gramian", environment.version],
      ["created", environment.created],
      ...(environment.command === null ? [] : [["command", environment.command] as const]),
      ["Node.js", environment.node],
      ["system", environment.os],
      ["processor", environment.cpu],
      ["cores", String(environment.cores)],
      ["BLAS", `${blas.config} (${blas.core}, ${blas.threads} ${blas.threads === 1 ? "thread" : "threads"})`],
    ]),
  ].join("\n");
}
