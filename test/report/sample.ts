import type { ComparisonData, LayerSummary, MetricMatrix } from "../../lib/result.ts";
import type { ReportEnvironment } from "../../lib/report/environment.ts";

/** The same numbers in [0, 1) on every run (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function layer(
  name: string,
  source: string | null,
  features: number,
  more: Partial<LayerSummary> = {},
): LayerSummary {
  return {
    name,
    source,
    samples: 2000,
    features,
    dtype: "f32",
    constantColumns: 0,
    zeroRows: 0,
    rms: 0.83 + (features % 7) / 10,
    centredRms: 0.61 + (features % 5) / 10,
    ...more,
  };
}

interface MatrixShape {
  readonly rows: number;
  readonly columns: number;
}

type Value = (row: number, column: number) => number;

export function matrix(shape: MatrixShape, facts: Partial<MetricMatrix> & { key: string }, value: Value): MetricMatrix {
  const { rows, columns } = shape;
  const values = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) values[i * columns + j] = value(i, j);
  return {
    metric: "cka",
    name: "cka",
    label: "CKA",
    family: "alignment",
    variant: "biased",
    parameters: {},
    kernel: "linear",
    sense: "similarity",
    range: [0, 1],
    symmetric: true,
    source: "Kornblith, Norouzi, Lee and Hinton (2019), Similarity of neural network representations revisited",
    rows,
    columns,
    values,
    errors: null,
    test: null,
    intervals: null,
    status: new Uint16Array(rows * columns),
    reasons: [],
    ...facts,
  };
}

/** Takes away the values of some cells, for a reason. */
export function withHoles(whole: MetricMatrix, holes: readonly number[], reason: string): MetricMatrix {
  const values = whole.values.slice();
  const status = whole.status.slice();
  const errors = whole.errors?.slice() ?? null;
  for (const hole of holes) {
    values[hole] = Number.NaN;
    status[hole] = whole.reasons.length + 1;
    if (errors !== null) errors[hole] = Number.NaN;
  }
  return { ...whole, values, status, errors, reasons: [...whole.reasons, reason] };
}

function withErrors(given: MetricMatrix, errors: Float64Array): MetricMatrix {
  return { ...given, errors };
}

export function comparison(
  rows: readonly LayerSummary[],
  columns: readonly LayerSummary[],
  matrices: readonly MetricMatrix[],
  symmetric: boolean,
): ComparisonData {
  return {
    samples: 2000,
    symmetric,
    rows,
    columns,
    matrices,
    warnings: [],
    plan: {
      space: "gram",
      reason: "Gram space needs 3.1 times fewer operations: there are more features than half the samples.",
      precision: "f32",
      stack: "f64",
      block: 256,
      threads: 2,
      batch: null,
      flops: { gram: 1.84e10, feature: 5.73e10, minibatch: null },
      memory: 38_273_024,
      instructionSet: "avx2",
    },
    timings: { facts: 12.4, medians: 81.2, engine: 402.7, total: 511.9 },
    options: {
      metrics: ["cka", "ka", "hsic"],
      kernel: "linear",
      estimator: "debiased",
      precision: "f32",
      threads: 2,
      seed: 7,
    },
    kernels: [{ kind: "linear" }],
  };
}

/** Two small networks, one against the other: what the bundled example looks like. */
export function smallComparison(): ComparisonData {
  const source = "examples/mnist/mlp-a.safetensors";
  const other = "examples/mnist/cnn.safetensors";
  const rows = [
    layer("input", source, 784, { constantColumns: 67 }),
    layer("fc1", source, 128),
    layer("fc2", source, 64),
    layer("fc3", source, 32, { zeroRows: 2 }),
    layer("logits", source, 10),
  ];
  const columns = [
    layer("conv1", other, 1152),
    layer("conv2", other, 784, { dtype: "f16" }),
    layer("fc", other, 64),
    layer("logits", other, 10),
  ];
  const shape = { rows: 5, columns: 4 };
  const random = generator(3);
  const near: Value = (i, j) => 0.94 * Math.exp(-(((i / 4 - j / 3) * 1.6) ** 2)) + 0.05 * random();
  const biased = matrix(shape, { key: "cka.biased.linear", label: "CKA, biased" }, near);
  const debiased = matrix(
    shape,
    { key: "cka.debiased.linear", label: "CKA, debiased", variant: "debiased" },
    (i, j) =>
      (biased.values[i * 4 + j] ?? 0) - 0.04 - (i === 0 && j === 3 ? 0.13 : 0) - (i === 4 && j === 0 ? 0.12 : 0),
  );
  const minibatch = {
    ...matrix(
      shape,
      {
        key: "cka.minibatch.rbf(1×median)",
        label: "CKA, minibatch, RBF",
        variant: "minibatch",
        kernel: "rbf(1×median)",
      },
      (i, j) => (biased.values[i * 4 + j] ?? 0) * 0.93,
    ),
    errors: Float64Array.from({ length: 20 }, (_, i) => 0.0021 + i * 0.0004),
  };
  const hsic = matrix(
    shape,
    {
      key: "hsic.debiased.linear",
      metric: "hsic",
      label: "HSIC, debiased",
      variant: "debiased",
      range: [null, null],
      source: "Song, Smola, Gretton, Bedo and Borgwardt (2012), Feature selection via dependence maximization",
    },
    (i, j) => (biased.values[i * 4 + j] ?? 0) * 10 ** (3 - i - j / 2),
  );
  const reason =
    "The debiased self-term of “fc3” is not above zero: with 2000 samples its variance is lost in rounding.";
  return {
    ...comparison(
      rows,
      columns,
      [biased, withHoles(debiased, [13], reason), withHoles(minibatch, [13], reason), hsic],
      false,
    ),
    warnings: [
      {
        code: "MANY_FEATURES",
        message: "“conv1” has 1152 features for 2000 samples: biased CKA is too high then. Read the debiased one.",
      },
    ],
  };
}

/** `layers` layers of a deep network against as many of another, with block structure and a few values missing. */
export function largeComparison(layers = 200, errors = false): ComparisonData {
  const parts = ["attn.output", "attn.values", "mlp.up_proj", "mlp.dn_proj"];
  const name = (i: number, family: string): string =>
    `${family}.blocks.${String(i >> 2).padStart(2, "0")}.${parts[i & 3]}`;
  const rows = Array.from({ length: layers }, (_, i) =>
    layer(name(i, "vision_model"), "runs/vit-b16/activations.safetensors", 768),
  );
  const columns = Array.from({ length: layers }, (_, i) =>
    layer(name(i, "text_encoder"), "runs/clip-text/activations.safetensors", 512, i % 4 === 3 ? { dtype: "bf16" } : {}),
  );
  const shape = { rows: layers, columns: layers };
  const random = generator(11);
  const value: Value = (i, j) => {
    const [u, v] = [i / layers, j / layers];
    const depth = Math.exp(-(((u - v) * 4) ** 2));
    const kind = (i & 3) === (j & 3) ? 0.12 : (i & 1) === (j & 1) ? 0.04 : 0;
    const phase = u > 0.72 && v > 0.72 ? 0.16 : 0;
    return Math.min(1, 0.72 * depth + kind + phase + 0.05 * random());
  };
  const biased = matrix(shape, { key: "cka.biased.linear", label: "CKA, biased" }, (i, j) =>
    Math.max(0.01, value(i, j)),
  );
  const debiased = matrix(
    shape,
    { key: "cka.debiased.linear", label: "CKA, debiased", variant: "debiased" },
    (i, j) => value(i, j) - 0.06,
  );
  const ka = matrix(
    shape,
    { key: "ka.biased.rbf(1×median)", metric: "ka", label: "Kernel alignment, RBF", kernel: "rbf(1×median)" },
    (i, j) => 0.55 + 0.42 * Math.max(0, value(i, j)),
  );
  const dead = Array.from({ length: layers }, (_, j) => 37 * layers + j);
  const column = Array.from({ length: layers }, (_, i) => i * layers + 111);
  const reason = `The debiased self-term of “${rows[37]?.name}” is not above zero.`;
  const holed = withHoles(withHoles(debiased, dead, reason), column, `“${columns[111]?.name}” is constant.`);
  const matrices = [biased, holed, ka];
  if (!errors) return comparison(rows, columns, matrices, false);
  const spread = (): Float64Array => Float64Array.from({ length: layers * layers }, () => 0.001 + 0.02 * random());
  return comparison(
    rows,
    columns,
    matrices.map((given) => withErrors(given, spread())),
    false,
  );
}

/** The layers of three checkpoints, all against all: a symmetric result in three groups. */
export function symmetricComparison(): ComparisonData {
  const layers = ["epoch-01", "epoch-10", "epoch-90"].flatMap((epoch) =>
    Array.from({ length: 12 }, (_, i) =>
      layer(`encoder.layer_${String(i).padStart(2, "0")}`, `runs/${epoch}.npz`, 256),
    ),
  );
  const shape = { rows: 36, columns: 36 };
  const random = generator(5);
  const noise = Array.from({ length: 36 * 36 }, () => random());
  return comparison(
    layers,
    layers,
    [
      matrix(shape, { key: "cka.biased.linear", label: "CKA, biased" }, (i, j) => {
        if (i === j) return 1;
        const depth = Math.exp(-((((i % 12) - (j % 12)) / 5) ** 2));
        const epochs = 1 - 0.28 * Math.abs(Math.floor(i / 12) - Math.floor(j / 12));
        return Math.min(0.995, depth * epochs * (0.94 + 0.05 * (noise[Math.min(i, j) * 36 + Math.max(i, j)] ?? 0)));
      }),
    ],
    true,
  );
}

/** Names that would break out of a page, a table, a terminal or their line if they were let. */
export const hostileNames: readonly string[] = [
  "</script><img src=x onerror=\"document.title='broken'\">",
  "<script>document.title='broken'</script>",
  '" onmouseover="document.title=\'broken\'" x="',
  "line\u2028separator\u2029paragraph",
  "right\u202eto left\u202c and \u200fmark",
  "\u001b[31mred\u001b[0m\u0007\u0000\ud800",
  '=HYPERLINK("http://example.invalid","click")',
  "<!--<script>",
  "]]>&amp;&#x3c;`${document.title='broken'}`",
];

export function hostileComparison(): ComparisonData {
  const rows = hostileNames.map((name) => layer(name, `</title><script>document.title='broken'</script>${name}`, 16));
  const shape = { rows: rows.length, columns: rows.length };
  const base = matrix(
    shape,
    {
      key: hostileNames[0] ?? "",
      metric: hostileNames[2] ?? "",
      label: hostileNames[1] ?? "",
      kernel: hostileNames[2] ?? "",
      variant: hostileNames[7] ?? "",
      parameters: { [hostileNames[0] ?? ""]: hostileNames[1] ?? "" },
      definition: hostileNames[8] ?? "",
      formula: hostileNames[5] ?? "",
      source: hostileNames[0] ?? "",
    },
    (i, j) => (i === j ? 1 : 0.5),
  );
  return {
    ...comparison(rows, rows, [withHoles(base, [1], hostileNames[0] ?? "")], false),
    warnings: [{ code: "HOSTILE", message: hostileNames[0] ?? "" }],
    options: { [hostileNames[1] ?? ""]: hostileNames[0] },
  };
}

export const environment: ReportEnvironment = {
  version: "0.1.0",
  created: "2026-03-14T09:26:53.000Z",
  command: "gramian compare mlp-a.safetensors cnn.safetensors --metric cka --out gramian-out",
  node: "v20.20.2",
  os: "linux 6.1.0 x64",
  cpu: "Intel(R) Xeon(R) Processor @ 2.80GHz",
  cores: 2,
  blas: { config: "OpenBLAS 0.3.21 DYNAMIC_ARCH NO_AFFINITY Haswell MAX_THREADS=64", core: "Haswell", threads: 1 },
};
