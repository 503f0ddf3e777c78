import type { ColourScale, Metric, Model, Quantity } from "./model.ts";

/** What the page shows at the moment. */
export interface View {
  readonly index: number;
  readonly metric: Metric;
  /** What cells are coloured by. */
  readonly shown: Quantity;
  readonly scale: ColourScale;
  /** Whether the closest layer of each row is marked. */
  readonly marks: boolean;
}

/** Reads the controls; the form is the state, so a browser that restores a form restores the view. */
export function readView(model: Model, form: HTMLFormElement): View {
  const fields = new FormData(form);
  const index = Number(fields.get("metric") ?? 0);
  const metric = model.metrics[index];
  if (metric === undefined) throw new Error("The report has no metric.");
  const shown = metric.quantities.find(({ id }) => id === fields.get("shown")) ?? metric.quantities[0];
  if (shown === undefined) throw new Error("The metric has no values.");
  const wanted = fields.get("scale");
  const scale = shown.scales.find(({ id }) => id === wanted) ?? shown.scales[0];
  if (scale === undefined) throw new Error("The metric has no scale.");
  const marks = canMark(metric, shown) && fields.get("marks") !== null;
  return { index, metric, shown, scale, marks };
}

/** A p-value has a mark of its own, and says nothing of closeness. */
export function canMark(metric: Metric, shown: Quantity): boolean {
  return metric.closestIs !== null && shown.id !== "p";
}
