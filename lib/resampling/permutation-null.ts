import { breaths } from "../breath.ts";
import { runJob } from "../job.ts";
import { native, type NativePermutationResult, type NativeProgress } from "../native.ts";
import type { OperatorTable } from "../operator-table.ts";
import { permutations as permutationsFrom } from "../random.ts";
import { type OperatorGroups, shareSources } from "../share-sources.ts";
import { checkHeldBytes } from "./held-bytes.ts";
import { PairIndex, PermutedTable } from "./permuted-table.ts";

/** Neighbour lists, n×count each and best first, and the pairs of lists that are compared. */
export interface PermutedNeighbours {
  readonly lists: readonly Uint32Array[];
  readonly count: number;
  readonly pairs: readonly (readonly [number, number])[];
}

export interface PermutationOptions {
  /** How many permutations. */
  readonly permutations: number;
  readonly seed: number;
  readonly precision: "f32" | "f64";
  readonly threads: number;
  readonly neighbours?: PermutedNeighbours | undefined;
  readonly memoryLimit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told of permutations. */
  readonly onProgress?: NativeProgress | undefined;
}

/** What some of the permutations gave. */
export interface PermutedChunk {
  /** The number of its first permutation among all, and how many it has. */
  readonly first: number;
  readonly permutations: number;
  /** The table under the chunk's k-th permutation. */
  table(k: number): PermutedTable;
  /** mean_i |N_a(i) ∩ N_b^π(i)|/count of the p-th pair of neighbour lists under the chunk's k-th permutation. */
  mutual(k: number, p: number): number;
}

/** What a chunk's permutations and answers may take. */
const chunkBytes = 64 * 2 ** 20;
/** Permutations that native code takes together. */
const batch = 8;

function chunkSize(samples: number, pairs: number, listPairs: number, permutations: number): number {
  const fit = Math.floor(chunkBytes / (4 * samples + 8 * (10 * pairs + listPairs)));
  return Math.max(1, Math.min(permutations, fit < batch ? fit : fit - (fit % batch)));
}

/**
 * The permutation null of all pairs at once: for each of `permutations` random permutations π of the samples, everything that a metric
 * of operators a and b is made of when b's samples are permuted, in chunks of at most 64 MB. `table` is what the engine found of the same
 * operators in the same order; a pair (a, b) of `input` is read off a chunk's table at (a, L + b), L the number of operators over all
 * groups. The permutations depend on the seed and on nothing else.
 *
 * Source: the permutation test of independence, Gretton et al. 2008, "A kernel statistical test of independence", section 3.
 *
 * @throws SystemError with code MEMORY_LIMIT when the operators do not fit in `memoryLimit`.
 * @throws The signal's reason when it is aborted.
 */
export async function* permutationNull(
  input: OperatorGroups,
  table: OperatorTable,
  options: PermutationOptions,
): AsyncGenerator<PermutedChunk, void, undefined> {
  const { samples } = input;
  const { permutations, precision, threads, neighbours, signal, onProgress } = options;
  const { sources, operators } = shareSources(input.groups);
  const { pairs } = input;
  checkHeldBytes(samples, operators.length, precision, options.memoryLimit ?? Infinity);
  const index = new PairIndex(operators.length, pairs);
  const lists = neighbours && { ...neighbours, pairs: Uint32Array.from(neighbours.pairs.flat()) };
  const listPairs = neighbours?.pairs.length ?? 0;
  const size = chunkSize(samples, index.pairs, listPairs, permutations);
  const draw = permutationsFrom(options.seed);
  const breathe = breaths();
  for (let first = 0; first < permutations; first += size) {
    const count = Math.min(size, permutations - first);
    const drawn = new Uint32Array(count * samples);
    for (let k = 0; k < count; k += 1) {
      draw(drawn.subarray(k * samples, (k + 1) * samples));
      await breathe();
      signal?.throwIfAborted();
    }
    const spec = {
      sources,
      operators,
      samples,
      permutations: drawn,
      pairs,
      precision,
      threads,
      ...(lists === undefined ? {} : { neighbours: lists }),
    };
    const found = await runJob<NativePermutationResult>(
      (progress, done) => native().permutationJob(spec, progress, done),
      { signal, onProgress: onProgress && ((done) => onProgress(first + done, permutations)) },
    );
    yield {
      first,
      permutations: count,
      table: (k) => new PermutedTable(table.sums, found, index, k),
      mutual: (k, p) => found.mutual[k * listPairs + p]!,
    };
  }
}
