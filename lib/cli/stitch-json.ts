import type { ReportEnvironment } from "../report/environment.ts";
import { plainNumbers } from "../report/plain-numbers.ts";
import type { StitchedLayer } from "./stitched-layer.ts";

/** The first entry of what `gramian stitch --json` prints: which layout it has. */
export const stitchSchema = "gramian.stitch/1";

/** All that was found, with the machine it was found on. */
export function stitchJson(result: StitchedLayer, environment: ReportEnvironment): string {
  const { version, created, command, ...machine } = environment;
  const head = { schema: stitchSchema, gramian: version, created, command, environment: machine };
  return `${JSON.stringify({ ...head, ...result }, plainNumbers, 2)}\n`;
}
