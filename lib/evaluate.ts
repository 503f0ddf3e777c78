import { breaths } from "./breath.ts";
import { describeKernel } from "./kernels/describe.ts";
import { type Outcome, statusOf } from "./metrics/metric.ts";
import { nameOf } from "./metrics/request.ts";
import type { Reader } from "./reader.ts";
import type { Reading } from "./readings.ts";
import type { MetricMatrix } from "./result.ts";

export interface EvaluateInput {
  readonly samples: number;
  /** Indices of the row and column layers, as the reader knows them. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly signal: AbortSignal | undefined;
}

const beyondRange = "the number is beyond the range of f64";

const directions: Readonly<Record<string, string>> = { forward: "row → column", backward: "column → row" };

/** What a matrix is called: `CKA (debiased), rbf(1×median)`. */
function labelOf({ metric, choice, kernel }: Reading): string {
  const { variant, parameters } = choice;
  const settings = metric.parameters.flatMap(({ name, default: usual }) =>
    parameters[name] === usual ? [] : [`${name} ${parameters[name]}`],
  );
  const inside = [...(variant === null ? [] : [directions[variant] ?? variant]), ...settings].join(", ");
  const name = inside === "" ? metric.label : `${metric.label} (${inside})`;
  return kernel === null ? name : `${name}, ${describeKernel(kernel)}`;
}

/** One metric under one kernel, over all pairs of rows and columns. */
export async function evaluate(reading: Reading, reader: Reader, input: EvaluateInput): Promise<MetricMatrix> {
  const { metric, choice, kernel } = reading;
  const { rows, columns } = input;
  const size = rows.length * columns.length;
  const values = new Float64Array(size).fill(NaN);
  const errors = choice.variant === "minibatch" ? new Float64Array(size).fill(NaN) : null;
  const status = new Uint16Array(size);
  const reasons: string[] = [];
  const known = new Map<string, number>();
  const fewest = metric.fewestSamples(choice);
  const outcomeOf = (row: number, column: number): Outcome => {
    if (input.samples < fewest) {
      const name = choice.variant === null ? metric.label : `${choice.variant} ${metric.label}`;
      return { reason: `${name} needs at least ${fewest} samples, there are ${input.samples}` };
    }
    const outcome = reader(row, column);
    return statusOf(outcome) === "ok" && !Number.isFinite(outcome.value) ? { reason: beyondRange } : outcome;
  };
  // The other half of a symmetric matrix is the same numbers: products taken in the other order may differ in the last bit. (Reasons
  // speak of rows and columns, so they are asked for again.)
  const square = rows.length === columns.length && rows.every((row, i) => row === columns[i]);
  const mirrored = metric.symmetric && square;
  const breathe = breaths();
  for (const [i, row] of rows.entries()) {
    for (const [j, column] of columns.entries()) {
      const k = i * columns.length + j;
      const image = j * columns.length + i;
      if (mirrored && j < i && status[image] === 0) {
        values[k] = values[image]!;
        if (errors !== null) errors[k] = errors[image]!;
        continue;
      }
      const outcome = outcomeOf(row, column);
      if (outcome.value !== undefined) values[k] = outcome.value;
      if (outcome.reason !== undefined) {
        let code = known.get(outcome.reason);
        if (code === undefined) {
          code = reasons.push(outcome.reason);
          known.set(outcome.reason, code);
        }
        status[k] = code;
      } else if (errors !== null && outcome.error !== undefined) errors[k] = outcome.error;
    }
    await breathe();
    input.signal?.throwIfAborted();
  }
  return {
    key: reading.key,
    metric: metric.id,
    name: nameOf(choice),
    label: labelOf(reading),
    family: metric.family,
    variant: choice.variant,
    parameters: choice.parameters,
    kernel: kernel === null ? null : describeKernel(kernel),
    sense: metric.sense,
    range: metric.range,
    symmetric: metric.symmetric,
    source: metric.source,
    definition: metric.summary,
    formula: metric.formula,
    rows: rows.length,
    columns: columns.length,
    values,
    errors,
    test: null,
    intervals: null,
    status,
    reasons,
  };
}
