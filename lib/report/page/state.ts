import type { PageScale } from "../page-data.ts";
import type { Metric, Model } from "./model.ts";

/** What the page shows at the moment. */
export interface View {
  readonly index: number;
  readonly metric: Metric;
  readonly scale: PageScale;
  readonly marks: boolean;
}

/** Reads the controls; the form is the state, so a browser that restores a form restores the view. */
export function readView(model: Model, form: HTMLFormElement): View {
  const fields = new FormData(form);
  const index = Number(fields.get("metric") ?? 0);
  const metric = model.metrics[index];
  if (metric === undefined) throw new Error("The report has no metric.");
  const wanted = fields.get("scale");
  const scale = metric.scales.find(({ id }) => id === wanted) ?? metric.scales[0];
  if (scale === undefined) throw new Error("The metric has no scale.");
  return { index, metric, scale, marks: metric.similarity && fields.get("marks") !== null };
}
