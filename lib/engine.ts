import { native, type NativeEngineResult, type NativeEngineSpec } from "./native.ts";
import type { NeighbourLists } from "./neighbour-lists.ts";
import { phaseJob } from "./phase-job.ts";
import type { Plan } from "./plan.ts";
import type { OnProgress } from "./progress.ts";
import { permutation } from "./random.ts";
import { type OperatorGroups, shareSources } from "./share-sources.ts";
import { BatchTable, Table } from "./table.ts";

/** What the engine is to do with them. Feature space takes no pairs but those asked for. */
export interface EngineInput extends OperatorGroups {
  /** Operators whose nearest neighbours are wanted, and how many of them. */
  readonly neighbours: { readonly operators: Uint32Array; readonly count: number } | null;
}

export interface EngineTables {
  /** Null when the plan asks for minibatch estimates alone. */
  readonly table: Table | null;
  readonly batches: BatchTable | null;
  /** By operator. */
  readonly neighbours: ReadonlyMap<number, NeighbourLists>;
}

export interface EngineOptions {
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  /** Told of tiles and batches. */
  readonly onProgress?: OnProgress | undefined;
}

function listsOf(input: EngineInput, found: NativeEngineResult): Map<number, NeighbourLists> {
  const { operators = new Uint32Array(), count = 0 } = input.neighbours ?? {};
  return new Map(
    [...operators].map((operator, i) => [
      operator,
      { count, indices: found.neighbourIndices[i]!, values: found.neighbourValues[i]! },
    ]),
  );
}

/** HSIC_u divides by n − 3. */
const fewestSamplesOfBatch = 4;

/** Runs the plan: one native job, and a second one where minibatch estimates are wanted beside the others. */
export async function runEngine(input: EngineInput, plan: Plan, options: EngineOptions): Promise<EngineTables> {
  const { sources, operators } = shareSources(input.groups);
  if (operators.length === 0) return { table: null, batches: null, neighbours: new Map() };
  const common = {
    sources,
    operators,
    samples: input.samples,
    tile: plan.precision,
    stack: plan.stack,
    block: plan.block,
    threads: plan.threads,
  } as const;
  const { signal, onProgress } = options;
  const run = (phase: "tiles" | "batches", spec: NativeEngineSpec): Promise<NativeEngineResult> =>
    phaseJob<NativeEngineResult>(phase, { signal, onProgress }, (progress, done) =>
      native().engineJob(spec, progress, done),
    );

  let table: Table | null = null;
  let batches: BatchTable | null = null;
  let neighbours: ReadonlyMap<number, NeighbourLists> = new Map();
  if (plan.space === "feature") {
    const found = await run("tiles", { ...common, space: "feature", batch: 0, pairs: input.pairs });
    table = new Table(found, input.samples);
  } else if (plan.space === "gram") {
    const wanted = input.neighbours === null ? {} : { neighbours: input.neighbours };
    const found = await run("tiles", { ...common, space: "gram", batch: 0, ...wanted });
    table = new Table(found, input.samples);
    neighbours = listsOf(input, found);
  }
  // Fewer samples than the estimator needs: every cell will say so.
  if (plan.batch !== null && input.samples >= fewestSamplesOfBatch) {
    const order = permutation(input.samples, options.seed);
    const batch = Math.min(plan.batch, input.samples);
    batches = new BatchTable(await run("batches", { ...common, space: "gram", batch, order }));
  }
  return { table, batches, neighbours };
}
