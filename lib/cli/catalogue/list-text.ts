import { styleText } from "node:util";
import type { MetricEntry } from "../../catalogue.ts";
import { familyLabels } from "../../report/families.ts";
import { wrap } from "../wrap.ts";
import { costWords, directionWords, rangeWords } from "./words.ts";

export interface CatalogueTextOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly colour: boolean;
}

/** What a metric is to a caller: sense and range, direction, variants, parameters, kernel, cost. */
function factsOf(entry: MetricEntry): string {
  const { sense, range, variants, parameters, kernel, cost } = entry;
  return [
    `${sense}, ${rangeWords(range)}`,
    directionWords(entry),
    ...(variants.length === 0 ? [] : [variants.map((variant) => `.${variant}`).join(" ")]),
    ...parameters.map((parameter) => `${parameter.name}=${parameter.default}`),
    ...(kernel === null ? [] : [`${kernel} kernel`]),
    costWords[cost],
  ].join(" · ");
}

/** The catalogue for people: family by family, each metric with its id, its label, its question and the facts. */
export function listText(entries: readonly MetricEntry[], { width, colour }: CatalogueTextOptions): string {
  const bold = (text: string): string => (colour ? styleText("bold", text) : text);
  const dim = (text: string): string => (colour ? styleText("dim", text) : text);
  const indent = "    ";
  const inside = (text: string): string[] => wrap(text, width - indent.length).map((line) => `${indent}${line}`);
  const families = [...new Set(entries.map(({ family }) => family))];
  const blocks = families.map((family) => {
    const members = entries.filter((entry) => entry.family === family);
    const lines = members.flatMap((entry) => [
      `  ${bold(entry.id)}  ${entry.label}`,
      ...inside(entry.summary),
      ...inside(factsOf(entry)).map(dim),
    ]);
    return [bold(`${familyLabels[family]} (--family ${family})`), ...lines].join("\n");
  });
  const how =
    "A dot chooses a variant (the first is the default), brackets set parameters: cka.debiased, kcc(kappa=0.01). " +
    "`gramian metrics ID` tells everything about one metric.";
  return [...blocks, wrap(how, width).join("\n")].join("\n\n");
}
