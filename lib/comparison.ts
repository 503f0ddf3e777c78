import { expected } from "./check.ts";
import { ArgumentError } from "./errors.ts";
import { describeKernel } from "./kernels/describe.ts";
import type { Kernel } from "./kernels/kernel.ts";
import { nameOf, parseMetric } from "./metrics/request.ts";
import type { Plan } from "./plan.ts";
import type { Cell, ComparisonData, LayerSummary, MetricMatrix, PairRecord, ResultWarning } from "./result.ts";

/** Narrows a result down to one matrix. A kernel may be left out if there is one only. */
export interface MatrixQuery {
  readonly variant?: string;
  readonly kernel?: Kernel;
}

/**
 * What {@link compare} found: typed matrices with names, tidy records, the plan, warnings and timings.
 *
 * @example
 * ```ts
 * import { compare, Representation } from "gramian";
 * const result = await compare(await Representation.loadAll("examples/mnist/mlp-a.safetensors"));
 * console.log(result.matrix("cka").values.length, result.records().length); // 16 16
 * console.log(result.get("cka", "relu1", "relu1").value); // 1
 * ```
 */
export class Comparison implements ComparisonData {
  readonly samples: number;
  readonly symmetric: boolean;
  readonly rows: readonly LayerSummary[];
  readonly columns: readonly LayerSummary[];
  readonly matrices: readonly MetricMatrix[];
  readonly warnings: readonly ResultWarning[];
  readonly plan: Plan;
  readonly timings: Readonly<Record<string, number>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly kernels: readonly Kernel[];

  constructor(data: ComparisonData) {
    this.samples = data.samples;
    this.symmetric = data.symmetric;
    this.rows = data.rows;
    this.columns = data.columns;
    this.matrices = data.matrices;
    this.warnings = data.warnings;
    this.plan = data.plan;
    this.timings = data.timings;
    this.options = data.options;
    this.kernels = data.kernels;
  }

  /**
   * The matrix of a metric: `values[i * columns + j]` compares row layer i with column layer j. The metric is named as it was asked
   * for; `"cka"` alone is enough where there is but one kind of it, and means the default variant where there are several.
   *
   * @throws ArgumentError with code INVALID_ARGUMENT when none or several match.
   */
  matrix(metric: string, query: MatrixQuery = {}): MetricMatrix {
    const { variant } = query;
    const request = variant === undefined ? metric : `${metric}.${variant}`;
    const kernel = query.kernel === undefined ? undefined : describeKernel(query.kernel);
    const among = (wanted: (matrix: MetricMatrix) => boolean): MetricMatrix[] =>
      this.matrices.filter((matrix) => wanted(matrix) && (kernel === undefined || matrix.kernel === kernel));
    // A whole key; or a name, in whatever way it is written; or an id of which there is one kind.
    const usual = usualName(request);
    let found = among(({ key }) => key === request);
    if (found.length === 0) found = among(({ name }) => name === usual);
    if (found.length === 0) found = among((matrix) => matrix.metric === request);
    if (found.length === 1) return found[0]!;
    const keys = this.matrices.map((matrix) => matrix.key).join(", ");
    throw new ArgumentError(
      "INVALID_ARGUMENT",
      `Expected a metric that names one of ${keys} but received ${JSON.stringify(request)}, which names ${found.length}.`,
      { metric: request, found: found.length },
    );
  }

  /**
   * The pair of different layers that a metric finds most alike, as "the maximum over layer pairs" has it: of a similarity the
   * greatest value, of a distance the smallest. Null when no pair has a value.
   */
  best(metric: string, query: MatrixQuery = {}): { row: string; column: string; value: number } | null {
    const matrix = this.matrix(metric, query);
    const sign = matrix.sense === "distance" ? -1 : 1;
    let best: { row: string; column: string; value: number } | null = null;
    for (const [i, row] of this.rows.entries()) {
      for (const [j, column] of this.columns.entries()) {
        const value = matrix.values[i * matrix.columns + j]!;
        if (Number.isNaN(value) || (this.symmetric && i === j)) continue;
        if (best === null || sign * value > sign * best.value) best = { row: row.name, column: column.name, value };
      }
    }
    return best;
  }

  /** One number with its status, by the layers' names or indices. */
  get(metric: string, row: string | number, column: string | number, query: MatrixQuery = {}): Cell {
    const matrix = this.matrix(metric, query);
    const k = indexOf(this.rows, row, "row") * matrix.columns + indexOf(this.columns, column, "column");
    return cellOf(matrix, k);
  }

  /** One record for every cell of every matrix, rows before columns; of a symmetric comparison both (a, b) and (b, a). */
  records(): PairRecord[] {
    return this.matrices.flatMap((matrix) => {
      const { metric, variant, parameters, kernel, errors, test, intervals } = matrix;
      const entry = (numbers: Float64Array | undefined | null, k: number): number | null => {
        const value = numbers?.[k] ?? NaN;
        return Number.isNaN(value) ? null : value;
      };
      return this.rows.flatMap((row, i) =>
        this.columns.map((column, j) => {
          const k = i * matrix.columns + j;
          return {
            row: row.name,
            column: column.name,
            metric,
            variant,
            parameters,
            kernel,
            error: entry(errors, k),
            pValue: entry(test?.pValues, k),
            low: entry(intervals?.low, k),
            high: entry(intervals?.high, k),
            ...cellOf(matrix, k),
          };
        }),
      );
    });
  }
}

/** The name that a request has when its defaults are filled in and left out again; the request itself when it is none. */
function usualName(request: string): string {
  try {
    return nameOf(parseMetric(request));
  } catch {
    return request;
  }
}

function cellOf(matrix: MetricMatrix, k: number): Cell {
  const status = matrix.status[k]!;
  const value = matrix.values[k]!;
  if (status === 0) return { value, status: "ok", reason: null };
  return { value, status: value === Infinity ? "infinite" : "undefined", reason: matrix.reasons[status - 1]! };
}

function indexOf(layers: readonly LayerSummary[], layer: string | number, name: string): number {
  const found = layers.flatMap((summary, i) => (i === layer || summary.name === layer ? [i] : []));
  if (found.length === 1) return found[0]!;
  const names = layers.map((summary) => summary.name).join(", ");
  throw expected(`the index or the unique name of a layer (${names})`, name, layer);
}
