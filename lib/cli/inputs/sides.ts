import type { CompareFlags } from "../commands/compare-command.ts";
import { UsageError } from "../usage-error.ts";
import { findModels } from "./find-models.ts";
import { type Model, named } from "./model.ts";

/** Which models make the rows, and which the columns; null where rows are compared with each other. */
export interface Sides {
  readonly rows: readonly Model[];
  readonly columns: readonly Model[] | null;
}

/** One model: its layers against each other. Two: the first against the second. More, or `--all`: everything against everything. */
export async function sidesOf(inputs: readonly string[], flags: CompareFlags): Promise<Sides> {
  const stacks = flags.layerAxis !== undefined;
  const rows = await findModels(inputs, stacks);
  if (flags.with !== undefined) {
    const columns = await findModels(flags.with, stacks);
    // Names must tell the models of both sides apart.
    const all = named([...rows, ...columns]);
    return { rows: all.slice(0, rows.length), columns: all.slice(rows.length) };
  }
  if (flags.all && rows.length < 2) {
    throw new UsageError(
      "Expected at least two networks for --all but received one.",
      "Its layers are compared with each other anyway.",
    );
  }
  const [first, second, ...more] = rows;
  if (first !== undefined && second !== undefined && more.length === 0 && !flags.all) {
    return { rows: [first], columns: [second] };
  }
  return { rows, columns: null };
}
