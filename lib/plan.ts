import type { Estimator } from "./kernels/kernel.ts";
import { SystemError } from "./errors.ts";

/** How a comparison is computed, why, and what it costs. */
export interface Plan {
  /**
   * Gram space: n×n tiles of every layer. Feature space: d×d products of every pair (linear kernels only). Minibatch: when nothing
   * but minibatch estimates was asked for. None: when no metric is made of inner products.
   */
  readonly space: "gram" | "feature" | "minibatch" | "none";
  readonly reason: string;
  /** Element type of the tiles; sums are f64 always. */
  readonly precision: "f32" | "f64";
  /** Lanes in which tiles are multiplied with each other. */
  readonly stack: "f64" | "f32-flush";
  /** Side of a tile, in samples. */
  readonly block: number;
  readonly threads: number;
  /** Samples a batch of the minibatch estimates; null when none was asked for. */
  readonly batch: number | null;
  /** Multiplications and additions that each way needs; null where it does not exist. */
  readonly flops: { readonly gram: number; readonly feature: number | null; readonly minibatch: number | null };
  /** Bytes beyond the inputs, at most. */
  readonly memory: number;
  /** What ran the inner loops: "baseline", "avx2" or "avx512". */
  readonly instructionSet: string;
}

/** What a plan is made from: sizes and wishes, no data. */
export interface PlanRequest {
  readonly samples: number;
  /** Width of each operator's features; null for a precomputed Gram matrix. One entry an operator, grouped by kernel. */
  readonly groups: readonly (readonly (number | null)[])[];
  /** Widths of the sources that the operators share. */
  readonly sources: readonly (number | null)[];
  /** Pairs of operators that are asked for, self pairs included: a0, b0, a1, b1, …, numbered through all groups. */
  readonly pairs: Uint32Array;
  /** How many operators' nearest neighbours are wanted, and how many of them; they are found in tiles. */
  readonly neighbours: { readonly operators: number; readonly count: number } | null;
  /** Bytes that other stages keep while the engine runs. */
  readonly held: number;
  /** Whether every operator is an inner product of (scaled) features. */
  readonly linear: boolean;
  /** Whether some kernel spreads its values over so many orders of magnitude that f32 lanes could overflow. */
  readonly exponential: boolean;
  /** Some row is so far out that the products of diagonals would drown the rest in f32 feature space. */
  readonly outliers: boolean;
  readonly estimators: ReadonlySet<Estimator>;
  readonly inputs: "f64" | "f32";
  readonly precision: "auto" | "f32" | "f64";
  readonly space: "auto" | "gram" | "feature";
  readonly block: number | null;
  readonly batch: number;
  readonly threads: number;
  readonly memoryLimit: number;
  readonly instructionSet: string;
}

const bytesOf = { f32: 4, f64: 8 } as const;
const defaultBlock = 256;
const largeBlock = 512;
const smallestBlock = 32;
/** From so many samples on, tiles may be large. */
const manySamples = 2048;
const largeStackBytes = 64 * 2 ** 20;
/** A thread's stack of tiles should stay in the last-level cache while it is multiplied by itself. */
const stackBytes = 24 * 2 ** 20;

/** Candidates that the engine keeps beside the neighbours asked for, at most. */
const spareCandidates = 8;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function gramFlops(request: PlanRequest): number {
  const n = request.samples;
  const tiles = sum(request.sources.map((width) => n * n * (width ?? 1)));
  const stack = sum(request.groups.map((group) => (group.length ** 2 * n * n) / 2));
  return tiles + stack;
}

function featureFlops(request: PlanRequest): number | null {
  if (!request.linear || request.neighbours !== null) return null;
  const widths = request.groups.flat();
  let total = 0;
  for (let k = 0; k < request.pairs.length; k += 2) {
    const [a, b] = [request.pairs[k]!, request.pairs[k + 1]!];
    total += (a === b ? 1 : 2) * request.samples * widths[a]! * widths[b]!;
  }
  return total;
}

/** Candidates and their bounds (index and key each, three numbers a sample), and the lists that are handed over. */
function neighbourBytes(request: PlanRequest): number {
  const { operators, count } = request.neighbours ?? { operators: 0, count: 0 };
  return operators * request.samples * (12 * (count + spareCandidates) + 32 + 12 * count);
}

/** Bytes beyond the inputs that a run at this block needs. */
function memoryOf(request: PlanRequest, block: number, precision: "f32" | "f64", space: "gram" | "feature"): number {
  const n = request.samples;
  const operators = sum(request.groups.map((group) => group.length));
  const widest = Math.max(1, ...request.sources.map((width) => width ?? 1));
  const vectors = 8 * n * (4 * operators + 4 * request.sources.length);
  const moments = 8 * 3 * operators * (Math.min(n, 4096) + 2 * 3 * operators);
  const side = Math.min(block, n);
  // Feature space works on strips of rows by blocks of columns.
  const columns = Math.min(512, widest);
  const perThread =
    space === "gram"
      ? bytesOf[precision] * (operators * side * side + 2 * side * widest + side * side) + 8 * 512 * (operators + 5)
      : bytesOf[precision] * (2 * Math.min(1024, n) * columns + columns ** 2) + 8 * columns ** 2;
  const held = space === "gram" ? 8 * 5 * request.threads * (operators ** 2 + 2 * operators * side) : 0;
  return request.held + neighbourBytes(request) + vectors + moments + request.threads * perThread + held;
}

/** The side of the tiles. It decides in which order sums are taken, so it must not depend on the number of threads. */
function chooseBlock(request: PlanRequest, precision: "f32" | "f64"): number {
  if (request.block !== null) return request.block;
  const operators = sum(request.groups.map((group) => group.length));
  const stackOf = (side: number): number => operators * side * side * bytesOf[precision];
  // Larger tiles are multiplied faster, if there are enough of them and their stacks do not grow out of hand.
  let block = request.samples >= manySamples && stackOf(largeBlock) <= largeStackBytes ? largeBlock : defaultBlock;
  while (block > 64 && block < largeBlock && stackOf(block) > stackBytes) block /= 2;
  // Few samples: at least ten tiles, so that threads share them evenly.
  while (block > 64 && request.samples < 3.5 * block) block /= 2;
  return block;
}

function choosePrecision(request: PlanRequest, space: "gram" | "feature"): "f32" | "f64" {
  if (request.precision !== "auto") return request.precision;
  // Debiased estimates in feature space take the diagonals out afterwards: with far outliers that costs f32 its digits.
  if (space === "feature" && request.outliers && request.estimators.has("debiased")) return "f64";
  return request.inputs;
}

function chooseSpace(
  request: PlanRequest,
  gram: number,
  feature: number | null,
): Pick<Plan, "reason"> & { space: "gram" | "feature" } {
  if (request.neighbours !== null) return { space: "gram", reason: "neighbours are found in tiles of Gram space" };
  if (feature === null) return { space: "gram", reason: "a kernel that is not linear exists in Gram space only" };
  if (request.space !== "auto") return { space: request.space, reason: "as asked" };
  const giga = (flops: number): string => (flops / 1e9).toPrecision(3);
  const words = `${giga(gram)} Gflop in Gram space, ${giga(feature)} in feature space`;
  return gram <= feature ? { space: "gram", reason: words } : { space: "feature", reason: words };
}

/**
 * Chooses how to compute.
 *
 * @throws SystemError with code MEMORY_LIMIT when not even the smallest tiles on one thread fit.
 */
export function makePlan(request: PlanRequest): Plan {
  const gram = gramFlops(request);
  const feature = featureFlops(request);
  const minibatch = request.estimators.has("minibatch") ? gram * Math.min(1, request.batch / request.samples) : null;
  const onlyMinibatch = minibatch !== null && request.estimators.size === 1;
  const none = request.groups.length === 0;
  const choice = none
    ? { space: "gram" as const, reason: "no metric is made of inner products of operators" }
    : onlyMinibatch
      ? { space: "gram" as const, reason: "only minibatch estimates were asked for" }
      : chooseSpace(request, gram, feature);
  const precision = choosePrecision(request, choice.space);
  const operators = sum(request.groups.map((group) => group.length));
  const widths = request.sources.map((width) => width ?? request.samples);
  const meanWidth = sum(widths) / Math.max(1, widths.length);
  // f64 lanes cost half the speed of the stack; they pay while the stack is a small part of the work.
  const stack = precision === "f64" || request.exponential || operators <= meanWidth / 4 ? "f64" : "f32-flush";

  const memoryAt = (side: number, workers: number): number =>
    memoryOf({ ...request, threads: workers }, side, precision, choice.space);
  // Tiles that fit on one thread, then as many threads as fit: so the limit too gives the same bits for any number of threads.
  let block = chooseBlock(request, precision);
  while (request.block === null && block > smallestBlock && memoryAt(block, 1) > request.memoryLimit) {
    block = Math.ceil(block / 2);
  }
  let threads = request.threads;
  while (threads > 1 && memoryAt(block, threads) > request.memoryLimit) threads -= 1;
  const memory = memoryAt(block, threads);
  if (memory > request.memoryLimit) {
    throw new SystemError(
      "MEMORY_LIMIT",
      `Expected a memoryLimit of at least ${memory} bytes for ${operators} operators on ${request.samples} samples ` +
        `but received ${request.memoryLimit}: fewer layers at a time or a larger limit would fit.`,
      { needed: memory, limit: request.memoryLimit },
    );
  }
  return {
    space: none ? "none" : onlyMinibatch ? "minibatch" : choice.space,
    reason: choice.reason,
    precision,
    stack,
    block,
    threads,
    batch: minibatch === null ? null : request.batch,
    flops: { gram, feature, minibatch },
    memory,
    instructionSet: request.instructionSet,
  };
}
