import { checkOneOf, expected } from "./check.ts";
import { ArgumentError } from "./errors.ts";
import type { Estimator, Kernel } from "./kernels/kernel.ts";
import { describeKernel } from "./kernels/describe.ts";
import { estimatorNames } from "./kernels/kernel.ts";
import type { Plan } from "./plan.ts";
import type { Cell, ComparisonData, LayerSummary, MetricMatrix, PairRecord, ResultWarning } from "./result.ts";

/** Narrows a result down to one matrix. Without an estimator the biased one is meant; a kernel may be left out if there is one only. */
export interface MatrixQuery {
  readonly estimator?: Estimator;
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
   * The matrix of a metric: `values[i * columns + j]` compares row layer i with column layer j.
   *
   * @throws ArgumentError with code INVALID_ARGUMENT when none or several match.
   */
  matrix(metric: string, query: MatrixQuery = {}): MetricMatrix {
    const [id, suffix] = metric.split(".") as [string, string?];
    const estimator =
      query.estimator ?? (suffix === undefined ? undefined : checkOneOf(suffix, "estimator", estimatorNames));
    const kernel = query.kernel === undefined ? undefined : describeKernel(query.kernel);
    const found = this.matrices.filter(
      (matrix) =>
        matrix.metric === id &&
        (estimator === undefined || matrix.estimator === estimator) &&
        (kernel === undefined || matrix.kernel === kernel),
    );
    if (found.length === 1) return found[0]!;
    // A name without an estimator means the biased one, here as where metrics are asked for.
    const biased = estimator === undefined ? found.filter((matrix) => matrix.estimator === "biased") : [];
    if (biased.length === 1) return biased[0]!;
    const keys = this.matrices.map((matrix) => matrix.key).join(", ");
    throw new ArgumentError(
      "INVALID_ARGUMENT",
      `Expected a metric that names one of ${keys} but received ${JSON.stringify(metric)}, which names ${found.length}.`,
      { metric, found: found.length },
    );
  }

  /** One number with its status, by the layers' names or indices. */
  get(metric: string, row: string | number, column: string | number, query: MatrixQuery = {}): Cell {
    const matrix = this.matrix(metric, query);
    const k = indexOf(this.rows, row, "row") * matrix.columns + indexOf(this.columns, column, "column");
    return cellOf(matrix, k);
  }

  /** One record for every cell of every matrix, rows before columns; of a symmetric comparison both (a, b) and (b, a). */
  records(): PairRecord[] {
    return this.matrices.flatMap((matrix) =>
      this.rows.flatMap((row, i) =>
        this.columns.map((column, j) => {
          const k = i * matrix.columns + j;
          const { metric, estimator, kernel, errors } = matrix;
          const error = errors === null || Number.isNaN(errors[k]!) ? null : errors[k]!;
          return { row: row.name, column: column.name, metric, estimator, kernel, error, ...cellOf(matrix, k) };
        }),
      ),
    );
  }
}

function cellOf(matrix: MetricMatrix, k: number): Cell {
  const status = matrix.status[k]!;
  const value = matrix.values[k]!;
  return status === 0
    ? { value, status: "ok", reason: null }
    : { value, status: "undefined", reason: matrix.reasons[status - 1]! };
}

function indexOf(layers: readonly LayerSummary[], layer: string | number, name: string): number {
  const found = layers.flatMap((summary, i) => (i === layer || summary.name === layer ? [i] : []));
  if (found.length === 1) return found[0]!;
  const names = layers.map((summary) => summary.name).join(", ");
  throw expected(`the index or the unique name of a layer (${names})`, name, layer);
}
