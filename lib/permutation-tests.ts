import { breaths } from "./breath.ts";
import { type Cell, cellsOf } from "./cells.ts";
import type { EngineInput, EngineTables } from "./engine.ts";
import type { NeighbourMetric, TableMetric } from "./metrics/metric.ts";
import { shortenedLists } from "./neighbour-lists.ts";
import { countOf } from "./neighbours.ts";
import type { OperatorSet } from "./operator-set.ts";
import { OperatorTable } from "./operator-table.ts";
import type { OnProgress } from "./progress.ts";
import { isBackward } from "./reader.ts";
import type { Reading } from "./readings.ts";
import { benjaminiHochberg, holm } from "./resampling/adjust.ts";
import { calibrate } from "./resampling/calibrate.ts";
import { type PermutedNeighbours, permutationNull } from "./resampling/permutation-null.ts";
import type { MetricMatrix, PermutationTest } from "./result.ts";
import { requestsOf } from "./tables.ts";

/** How permutation tests are made. */
export interface TestOptions {
  readonly permutations: number;
  readonly quantile: number;
  readonly seed: number;
  readonly precision: "f32" | "f64";
  readonly normalization: "n-1" | "n";
  readonly threads: number;
  readonly memoryLimit: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: OnProgress | undefined;
}

/** What was compared, as the engine saw it. */
export interface Compared {
  readonly set: OperatorSet;
  readonly input: EngineInput;
  readonly tables: EngineTables;
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

type TableReading = Reading<TableMetric>;
type NeighbourReading = Reading<NeighbourMetric>;

/** Whether shuffled values of a reading can be had without computing everything anew. */
export function isTestable(reading: Reading): reading is TableReading | NeighbourReading {
  const { metric, choice } = reading;
  if (metric.reads === "operators") return choice.variant !== "minibatch";
  return metric.reads === "neighbours" && metric.score(choice) === "mutual";
}

/** One reading's cells with the operators of both layers, and the shuffled values that are gathered for each. */
interface Under<R extends Reading> {
  readonly reading: R;
  readonly cells: readonly Cell[];
  readonly sides: readonly { readonly a: readonly number[]; readonly b: readonly number[] }[];
  readonly nulls: readonly Float64Array[];
}

function under<R extends Reading>(
  reading: R,
  compared: Compared,
  permutations: number,
  placesOf: (layer: number) => readonly number[] | null,
): Under<R> {
  const { metric, choice } = reading;
  const backward = isBackward(metric, choice);
  const cells: Cell[] = [];
  const sides: { a: readonly number[]; b: readonly number[] }[] = [];
  for (const cell of cellsOf(compared.rows, compared.columns, metric.symmetric)) {
    const [from, to] = backward ? [cell.column, cell.row] : [cell.row, cell.column];
    const [a, b] = [placesOf(from), placesOf(to)];
    if (a === null || b === null) continue;
    cells.push(cell);
    sides.push({ a, b });
  }
  return { reading, cells, sides, nulls: cells.map(() => new Float64Array(permutations)) };
}

/** A table whose operators are numbered from `offset` on: those of one group. */
function groupTable(table: OperatorTable, offset: number): OperatorTable {
  const { sums } = table;
  return new OperatorTable({
    samples: sums.samples,
    scale: (a) => sums.scale(a + offset),
    constant: (a) => sums.constant(a + offset),
    total: (of, a) => sums.total(of, a + offset),
    moment: (ofA, a, ofB, b) => sums.moment(ofA, a + offset, ofB, b + offset),
    inner: (a, b) => sums.inner(a + offset, b + offset),
  });
}

/** The pairs of operators that the formulas of these readings look at, the second one shuffled: a0, b0, a1, b1, … within the group. */
function pairsOf(own: readonly Under<TableReading>[], offset: number, size: number): Uint32Array {
  const pairs = new Set<number>();
  for (const { reading, sides } of own) {
    for (const { a, b } of sides) {
      for (const [i, j] of reading.metric.pairs) pairs.add((a[i]! - offset) * size + (b[j]! - offset));
    }
  }
  return Uint32Array.from([...pairs].flatMap((pair) => [Math.floor(pair / size), pair % size]));
}

async function shuffleTables(
  readings: readonly TableReading[],
  compared: Compared,
  options: TestOptions,
  report: (done: number) => void,
): Promise<Under<TableReading>[]> {
  const { set, input, tables } = compared;
  const all = readings.map((reading) =>
    under(reading, compared, options.permutations, (layer) => {
      const places = requestsOf(reading).map((request) => set.place(request, layer));
      return places.every((place) => "operator" in place)
        ? places.map((place) => (place as { operator: number }).operator)
        : null;
    }),
  );
  const breathe = breaths();
  let offset = 0;
  for (const group of input.groups) {
    const [first, size] = [offset, group.length];
    offset += size;
    const own = all.filter(({ sides }) => sides.some(({ a }) => a[0]! >= first && a[0]! < first + size));
    const pairs = pairsOf(own, first, size);
    if (pairs.length === 0) continue;
    const table = groupTable(tables.table!, first);
    const chunks = permutationNull({ samples: input.samples, groups: [group], pairs }, table, {
      ...options,
      onProgress: (done) => report(done),
    });
    for await (const chunk of chunks) {
      for (let k = 0; k < chunk.permutations; k += 1) {
        const context = { table: chunk.table(k), batches: null, rounding: 0, normalization: options.normalization };
        for (const { reading, sides, nulls } of own) {
          const { metric, choice } = reading;
          for (const [c, { a, b }] of sides.entries()) {
            const outcome = metric.evaluate(
              context,
              a.map((operator) => operator - first),
              b.map((operator) => operator - first + size),
              choice,
            );
            nulls[c]![chunk.first + k] = outcome.value ?? NaN;
          }
          await breathe();
        }
        options.signal?.throwIfAborted();
      }
    }
    report(options.permutations);
  }
  return all;
}

async function shuffleNeighbours(
  readings: readonly NeighbourReading[],
  compared: Compared,
  options: TestOptions,
  report: (done: number) => void,
): Promise<Under<NeighbourReading>[]> {
  const { set, input, tables } = compared;
  const found: Under<NeighbourReading>[] = [];
  for (const reading of readings) {
    const lists: Uint32Array[] = [];
    const places = new Map<number, number>();
    const count = countOf(reading, input.samples);
    const own = under(reading, compared, options.permutations, (layer) => {
      const place = set.place({ make: "kernel", kernel: reading.kernel! }, layer);
      if (!("operator" in place) || count < 1) return null;
      let list = places.get(place.operator);
      if (list === undefined) {
        list = lists.push(shortenedLists(tables.neighbours.get(place.operator)!, count).indices) - 1;
        places.set(place.operator, list);
      }
      return [list];
    });
    found.push(own);
    if (own.cells.length === 0) continue;
    const pairs = own.sides.map(({ a, b }): [number, number] => [a[0]!, b[0]!]);
    const neighbours: PermutedNeighbours = { lists, count, pairs };
    const nothing = { samples: input.samples, groups: [input.groups[0]!.slice(0, 1)], pairs: new Uint32Array() };
    const chunks = permutationNull(nothing, tables.table!, {
      ...options,
      neighbours,
      onProgress: (done) => report(done),
    });
    for await (const chunk of chunks) {
      for (let k = 0; k < chunk.permutations; k += 1) {
        for (const c of own.cells.keys()) own.nulls[c]![chunk.first + k] = chunk.mutual(k, c);
      }
    }
    report(options.permutations);
  }
  return found;
}

/** What the shuffled values say of one matrix. */
function testOf(
  { reading, cells, nulls }: Under<Reading>,
  matrix: MetricMatrix,
  options: TestOptions,
  rounding: number,
): PermutationTest {
  const { sense, range } = reading.metric;
  // Of a distance the smaller value is the more alike one.
  const sign = sense === "distance" ? -1 : 1;
  const top = sense === "similarity" && range[1] === 1 ? 1 : null;
  const numbers = (): Float64Array => new Float64Array(matrix.values.length).fill(NaN);
  const found = { pValues: numbers(), nullMean: numbers(), nullQuantile: numbers(), calibrated: numbers() };
  const once = new Float64Array(cells.length);
  for (const [c, { places }] of cells.entries()) {
    const score = sign * matrix.values[places[0]!]!;
    const values = sign === 1 ? nulls[c]! : nulls[c]!.map((value) => -value);
    const tolerance = rounding * Math.abs(score);
    const result = calibrate(score, values, { quantile: options.quantile, top, tolerance });
    once[c] = result.pValue;
    for (const place of places) {
      found.pValues[place] = result.pValue;
      found.nullMean[place] = sign * result.nullMean;
      found.nullQuantile[place] = sign * result.nullQuantile;
      found.calibrated[place] = result.calibrated;
    }
  }
  const spread = (adjusted: Float64Array): Float64Array => {
    const all = numbers();
    for (const [c, { places }] of cells.entries()) for (const place of places) all[place] = adjusted[c]!;
    return all;
  };
  const { calibrated, ...rest } = found;
  return {
    permutations: options.permutations,
    seed: options.seed,
    pairs: once.filter((p) => !Number.isNaN(p)).length,
    quantile: options.quantile,
    ...rest,
    holm: spread(holm(once)),
    benjaminiHochberg: spread(benjaminiHochberg(once)),
    calibrated: top === null ? null : calibrated,
  };
}

/** Values that differ by no more than this share count as equal: f64 and f32 sums in another order. */
const roundings = { f64: 1e-12, f32: 1e-6 } as const;

/** Permutation tests of all readings that have one, every pair of layers under the same permutations. */
export async function permutationTests(
  matrices: ReadonlyMap<Reading, MetricMatrix>,
  compared: Compared,
  options: TestOptions,
): Promise<Map<Reading, PermutationTest>> {
  const testable = [...matrices.keys()].filter(isTestable);
  const tables = testable.filter((reading): reading is TableReading => reading.metric.reads === "operators");
  const neighbours = testable.filter((reading): reading is NeighbourReading => reading.metric.reads === "neighbours");
  // One run of permutations a group of operators, and one a neighbour metric.
  const runs = (tables.length > 0 ? compared.input.groups.length : 0) + neighbours.length;
  let before = 0;
  const report = (done: number): void => {
    options.onProgress?.({ phase: "permutations", done: before + done, total: runs * options.permutations });
    if (done === options.permutations) before += done;
  };
  const found = [
    ...(await shuffleTables(tables, compared, options, report)),
    ...(await shuffleNeighbours(neighbours, compared, options, report)),
  ];
  const rounding = roundings[options.precision];
  return new Map(found.map((own) => [own.reading, testOf(own, matrices.get(own.reading)!, options, rounding)]));
}
