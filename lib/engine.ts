import { runJob } from "./job.ts";
import { native, type NativeEngineResult, type NativeEngineSpec } from "./native.ts";
import type { Plan } from "./plan.ts";
import type { OnProgress } from "./progress.ts";
import { permutation } from "./random.ts";
import { type OperatorGroups, shareSources } from "./share-sources.ts";
import { BatchTable, Table } from "./table.ts";

/** What the engine is to take inner products of. Feature space takes no pairs but those asked for. */
export type EngineInput = OperatorGroups;

export interface EngineTables {
  /** Null when the plan asks for minibatch estimates alone. */
  readonly table: Table | null;
  readonly batches: BatchTable | null;
}

export interface EngineOptions {
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  /** Told of tiles and batches. */
  readonly onProgress?: OnProgress | undefined;
}

function flatPairs(input: EngineInput): Uint32Array {
  const flat: number[] = [];
  let offset = 0;
  for (const [g, group] of input.groups.entries()) {
    for (const [a, b] of input.pairs[g]!) flat.push(offset + Math.min(a, b), offset + Math.max(a, b));
    offset += group.length;
  }
  return Uint32Array.from(flat);
}

/** HSIC_u divides by n − 3. */
const fewestSamplesOfBatch = 4;

/** Runs the plan: one native job, and a second one where minibatch estimates are wanted beside the others. */
export async function runEngine(input: EngineInput, plan: Plan, options: EngineOptions): Promise<EngineTables> {
  const { sources, operators } = shareSources(input.groups);
  if (operators.length === 0) return { table: null, batches: null };
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
    runJob<NativeEngineResult>((progress, done) => native().engineJob(spec, progress, done), {
      signal,
      onProgress: onProgress && ((done, total) => onProgress({ phase, done, total })),
    });

  let table: Table | null = null;
  let batches: BatchTable | null = null;
  if (plan.space === "feature") {
    table = new Table(
      await run("tiles", { ...common, space: "feature", batch: 0, pairs: flatPairs(input) }),
      input.samples,
    );
  } else if (plan.space === "gram") {
    table = new Table(await run("tiles", { ...common, space: "gram", batch: 0 }), input.samples);
  }
  // Fewer samples than the estimator needs: every cell will say so.
  if (plan.batch !== null && input.samples >= fewestSamplesOfBatch) {
    const order = permutation(input.samples, options.seed);
    const batch = Math.min(plan.batch, input.samples);
    batches = new BatchTable(await run("batches", { ...common, space: "gram", batch, order }));
  }
  return { table, batches };
}
