import type { Cell } from "../../result.ts";
import type { LayerTask, TaskAlignment } from "../../task-result.ts";
import { formatValue } from "../format.ts";
import { sourceLabels } from "../sources.ts";
import { visibleName } from "../visible-name.ts";
import { powerOfLeading, shareOfSamples, toldShares } from "./shares.ts";

const missing = "–";

function value(number: number | undefined, bounded: boolean): string {
  return number === undefined || Number.isNaN(number) ? missing : formatValue(number, bounded);
}

function cell({ value: number, status }: Cell): string {
  return status === "ok" ? value(number, true) : missing;
}

/** `model:layer` where layers come from several models, else the layer's name. */
export function layerLabels(data: TaskAlignment): string[] {
  const sources = data.layers.map(({ layer }) => layer.source);
  const labels = sourceLabels(sources);
  const several = new Set(sources).size > 1;
  return data.layers.map(({ layer }) => {
    const label = layer.source === null ? undefined : labels.get(layer.source);
    return several && label !== undefined ? `${label}:${visibleName(layer.name)}` : visibleName(layer.name);
  });
}

/** The heads of the table: how many eigenvectors each C counts stands in them. */
export function taskHeader({ samples, targets }: TaskAlignment): string[] {
  const counts = [...toldShares.map((share) => shareOfSamples(samples, share)), targets.columns];
  const distinct = [...new Set(counts)].toSorted((a, b) => a - b);
  return ["layer", "KTA", "centred", "KARE", "at λ", ...distinct.map((m) => `C(${m})`), "captured", "R(h)", "bound"];
}

function bestLambda({ best }: LayerTask): string {
  const sign = best?.end === "least" ? "≤" : best?.end === "greatest" ? "≥" : "";
  return `${sign}${value(best?.lambda, false)}`;
}

/** A row a layer: numbers as people read them, a dash where there is none. */
export function taskRows(data: TaskAlignment): string[][] {
  const { samples, targets } = data;
  const counts = [...toldShares.map((share) => shareOfSamples(samples, share)), targets.columns];
  const distinct = [...new Set(counts)].toSorted((a, b) => a - b);
  const names = layerLabels(data);
  return data.layers.map((layer, i) => [
    names[i]!,
    cell(layer.kta),
    cell(layer.centredKta),
    value(layer.best?.kare, false),
    bestLambda(layer),
    ...distinct.map((m) => value(powerOfLeading(layer, m), true)),
    value(layer.captured, true),
    value(layer.predictor?.risk, true),
    value(layer.predictor?.bound, true),
  ]);
}

/** What is missing and why, each reason once. */
export function taskReasons(data: TaskAlignment): string[] {
  const reasons = data.layers.flatMap(({ reason, kta, centredKta }) => [reason, kta.reason, centredKta.reason]);
  return [...new Set(reasons.filter((reason) => reason !== null))].map(visibleName);
}
