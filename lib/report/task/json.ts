import type { TaskAlignment } from "../../task-result.ts";
import type { ReportEnvironment } from "../environment.ts";
import { plainNumbers } from "../plain-numbers.ts";

/** The first entry of the results.json of a task: which layout it has. */
export const taskSchema = "gramian.task/1";

/** Everything that was found, one layer a line, with the machine and the settings it was found with. */
export function taskJson(data: TaskAlignment, environment: ReportEnvironment): string {
  const { layers, ...rest } = data;
  const { version, created, command, ...machine } = environment;
  const head = { schema: taskSchema, gramian: version, created, command, environment: machine, ...rest };
  const text = JSON.stringify(head, plainNumbers, 2);
  const lines = layers.map((layer) => `    ${JSON.stringify(layer, plainNumbers)}`);
  return `${text.slice(0, -2)},\n  "layers": [\n${lines.join(",\n")}\n  ]\n}\n`;
}
