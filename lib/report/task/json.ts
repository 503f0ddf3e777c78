import type { TaskAlignment } from "../../task-result.ts";
import type { ReportEnvironment } from "../environment.ts";

/** The first entry of the results.json of a task: which layout it has. */
export const taskSchema = "gramian.task/1";

/** JSON has neither NaN nor infinity: a number that does not exist is null, an infinite one a string. */
function plain(_: string, value: unknown): unknown {
  if (value instanceof Float64Array) return [...value];
  if (typeof value !== "number" || Number.isFinite(value)) return value;
  return Number.isNaN(value) ? null : String(value);
}

/** Everything that was found, one layer a line, with the machine and the settings it was found with. */
export function taskJson(data: TaskAlignment, environment: ReportEnvironment): string {
  const { layers, ...rest } = data;
  const { version, created, command, ...machine } = environment;
  const head = { schema: taskSchema, gramian: version, created, command, environment: machine, ...rest };
  const text = JSON.stringify(head, plain, 2);
  const lines = layers.map((layer) => `    ${JSON.stringify(layer, plain)}`);
  return `${text.slice(0, -2)},\n  "layers": [\n${lines.join(",\n")}\n  ]\n}\n`;
}
