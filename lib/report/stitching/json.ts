import type { StitchDirection, StitchingResult } from "../../stitching-result.ts";
import type { ReportEnvironment } from "../environment.ts";
import { plainNumbers } from "../plain-numbers.ts";

/** The first entry of the results.json of a sweep of stitchings: which layout it has. */
export const stitchingSchema = "gramian.stitching/1";

function directionJson({ pairs, ...rest }: StitchDirection): string {
  const head = JSON.stringify(rest, plainNumbers);
  const lines = pairs.map((pair) => `      ${JSON.stringify(pair, plainNumbers)}`);
  return `    ${head.slice(0, -1)},"pairs":[\n${lines.join(",\n")}\n    ]}`;
}

/** Everything that was found, one pair a line, with the machine and the settings it was found with. */
export function stitchingJson(result: StitchingResult, environment: ReportEnvironment): string {
  const { directions, ...rest } = result;
  const { version, created, command, ...machine } = environment;
  const head = { schema: stitchingSchema, gramian: version, created, command, environment: machine, ...rest };
  const text = JSON.stringify(head, plainNumbers, 2);
  return `${text.slice(0, -2)},\n  "directions": [\n${directions.map(directionJson).join(",\n")}\n  ]\n}\n`;
}
