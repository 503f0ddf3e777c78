import type { ComparisonData, Family, Intervals, MetricMatrix, PermutationTest } from "../../lib/result.ts";
import { comparison, generator, layer, matrix, withHoles } from "./sample.ts";

/** Which metrics, as many as a run over all families has; `upper` is the end of the range. */
interface Listed {
  readonly id: string;
  readonly label: string;
  readonly family: Family;
  readonly variant?: string;
  readonly kernel?: string;
  readonly parameters?: Readonly<Record<string, number | string>>;
  readonly upper?: number | null;
  readonly distance?: boolean;
  readonly directed?: boolean;
  readonly tested?: boolean;
  readonly scale?: number;
}

const rbf = "rbf(1×median)";
const listed: readonly Listed[] = [
  { id: "ka", label: "KA", family: "alignment", kernel: "linear", tested: true },
  { id: "ka", label: "KA, RBF", family: "alignment", kernel: rbf, tested: true },
  { id: "cka", label: "CKA, biased", family: "alignment", variant: "biased", kernel: "linear", tested: true },
  { id: "cka", label: "CKA, debiased", family: "alignment", variant: "debiased", kernel: "linear", tested: true },
  { id: "cka", label: "CKA, debiased, RBF", family: "alignment", variant: "debiased", kernel: rbf, tested: true },
  { id: "da", label: "DA", family: "distance", kernel: "linear" },
  { id: "rsa", label: "RSA, Pearson", family: "distance", variant: "pearson" },
  { id: "rsa", label: "RSA, Spearman", family: "distance", variant: "spearman" },
  { id: "rsa", label: "RSA, Kendall τ-a", family: "distance", variant: "kendall" },
  { id: "dcor", label: "Distance correlation", family: "distance", tested: true },
  { id: "dcov", label: "Distance covariance", family: "distance", upper: null, scale: 40 },
  { id: "hsic", label: "HSIC, RBF", family: "independence", variant: "biased", kernel: rbf, upper: null, scale: 1e-3 },
  { id: "coco", label: "COCO", family: "independence", kernel: "linear", upper: null, scale: 12 },
  { id: "kcc", label: "KCC", family: "independence", kernel: rbf, parameters: { kappa: 0.01 } },
  { id: "nocco", label: "NOCCO", family: "independence", kernel: rbf, parameters: { kappa: 0.01 }, upper: null },
  { id: "kmi", label: "KMI", family: "independence", kernel: rbf, parameters: { kappa: 0.01 }, upper: null, scale: 9 },
  { id: "mmd", label: "MMD²", family: "measures", variant: "unbiased", kernel: rbf, upper: null, distance: true },
  { id: "gaussian-mi", label: "Gaussian MI", family: "measures", upper: null, scale: 30 },
  { id: "bures", label: "Gaussian W²", family: "measures", upper: null, distance: true, scale: 300 },
  { id: "cca", label: "CCA, mean ρ", family: "shape", variant: "mean" },
  { id: "svcca", label: "SVCCA", family: "shape", parameters: { threshold: 0.99 } },
  { id: "pwcca", label: "PWCCA, forward", family: "shape", variant: "forward", directed: true },
  { id: "r2", label: "R², forward", family: "shape", variant: "forward", directed: true },
  { id: "procrustes", label: "Procrustes", family: "shape", upper: null, distance: true, scale: 2 },
  { id: "angular", label: "Angular shape", family: "shape", upper: Math.PI / 2, distance: true, scale: 1.5 },
  {
    id: "misalignment",
    label: "Misalignment, forward",
    family: "stitching",
    variant: "forward",
    kernel: "linear",
    upper: null,
    distance: true,
    directed: true,
    scale: 50,
  },
  { id: "mutual-knn", label: "Mutual kNN", family: "neighbours", parameters: { k: 10 }, tested: true },
  { id: "jaccard", label: "Jaccard kNN", family: "neighbours", parameters: { k: 10 } },
  { id: "cycle", label: "Cycle kNN, forward", family: "neighbours", parameters: { k: 10 }, directed: true },
  { id: "cknna", label: "CKNNA, unbiased", family: "neighbours", variant: "unbiased", parameters: { k: 10 } },
  { id: "platonic-mutual-knn", label: "Mutual kNN, platonic-rep", family: "platonic", parameters: { k: 10 } },
];

/** Enough for 66 pairs: the least p after Holm is 66/2000. */
const permutations = 1999;

/** p-values that fall with the value, adjusted as a table of pairs is. */
function testOf({ values, rows }: MetricMatrix): PermutationTest {
  const random = generator(17);
  const pairs: { readonly i: number; readonly j: number; readonly p: number }[] = [];
  for (let i = 0; i < rows; i++) {
    for (let j = i + 1; j < rows; j++) {
      const value = values[i * rows + j]!;
      const above = Number.isNaN(value) ? 0 : Math.floor(permutations * Math.max(0, 0.32 - value) ** 2 * 9 * random());
      if (!Number.isNaN(value)) pairs.push({ i, j, p: (1 + Math.min(permutations, above)) / (1 + permutations) });
    }
  }
  pairs.sort((a, b) => a.p - b.p);
  const empty = (): Float64Array => new Float64Array(values.length).fill(Number.NaN);
  const [pValues, holm, benjaminiHochberg, nullMean, nullQuantile, calibrated] = [
    empty(),
    empty(),
    empty(),
    empty(),
    empty(),
    empty(),
  ];
  const both = (table: Float64Array, i: number, j: number, value: number): void => {
    table[i * rows + j] = table[j * rows + i] = value;
  };
  let most = 0;
  for (const [rank, { i, j, p }] of pairs.entries()) {
    most = Math.max(most, Math.min(1, p * (pairs.length - rank)));
    both(pValues, i, j, p);
    both(holm, i, j, most);
    const [mean, quantile] = [0.06 + 0.05 * random(), 0.14 + 0.05 * random()];
    both(nullMean, i, j, mean);
    both(nullQuantile, i, j, quantile);
    both(calibrated, i, j, Math.max(0, (values[i * rows + j]! - quantile) / (1 - quantile)));
  }
  let least = 1;
  for (const [rank, { i, j, p }] of [...pairs.entries()].toReversed()) {
    least = Math.min(least, (p * pairs.length) / (rank + 1));
    both(benjaminiHochberg, i, j, least);
  }
  return {
    permutations,
    seed: 7,
    pairs: pairs.length,
    quantile: 0.95,
    pValues,
    holm,
    benjaminiHochberg,
    nullMean,
    nullQuantile,
    calibrated,
  };
}

function intervalsOf({ values }: MetricMatrix): Intervals {
  const random = generator(23);
  const low = values.map((value) => value - 0.01 - 0.02 * random());
  const high = values.map((value) => value + 0.01 + 0.02 * random());
  return { method: "bootstrap", level: 0.95, resamples: 200, low, high };
}

/** Thirty metrics of seven families over twelve layers: directed ones, distances, infinite cells, rows without values, tests. */
export function familiesComparison(layers: number = 12): ComparisonData {
  const rows = Array.from({ length: layers }, (_, i) =>
    layer(`blocks.${i >> 1}.${i % 2 === 0 ? "attn" : "mlp"}`, "runs/vit-s16.safetensors", 384),
  );
  const random = generator(29);
  const noise = Array.from({ length: layers * layers }, () => random());
  const near = (i: number, j: number, directed: boolean): number => {
    if (i === j) return 1;
    const [a, b] = directed ? [i, j] : [Math.min(i, j), Math.max(i, j)];
    const depth = Math.exp(-((((i - j) * 12) / layers / 4.5) ** 2));
    return Math.min(0.99, 0.05 + 0.85 * depth + (i % 2 === j % 2 ? 0.06 : 0) + 0.04 * noise[a * layers + b]!);
  };
  const matrices = listed.map((given): MetricMatrix => {
    const { id, label, family, variant, kernel, parameters = {}, upper = 1, scale = 1 } = given;
    const choice = variant === undefined ? "" : `.${variant}`;
    const plain = matrix(
      { rows: layers, columns: layers },
      {
        key: [`${id}${choice}`, ...(kernel === undefined ? [] : [kernel])].join("."),
        metric: id,
        name: `${id}${choice}`,
        label,
        family,
        variant: variant ?? null,
        parameters,
        kernel: kernel ?? null,
        sense: given.distance === true ? "distance" : "similarity",
        range: [0, upper],
        symmetric: given.directed !== true,
        source: "Insulla, Huang and Rosasco 2025, section 3",
        definition: `What ${label} measures. Unchanged by rotations and isotropic scaling of either layer.`,
        formula: `${id}(K₁, K₂) = ⟨HK₁H, HK₂H⟩ / (‖HK₁H‖·‖HK₂H‖)`,
      },
      (i, j) => {
        const alike = near(i, j, given.directed === true) - (given.directed === true && i > j ? 0.04 : 0);
        const debiased = variant === "debiased" || variant === "unbiased" ? 0.09 : 0;
        return scale * (given.distance === true ? 1 - alike : i === j ? alike : alike - debiased);
      },
    );
    return withTests(withoutValues(plain, layers), given);
  });
  return comparison(rows, rows, matrices, true);
}

function withTests(plain: MetricMatrix, { tested }: Listed): MetricMatrix {
  return tested === true ? { ...plain, test: testOf(plain), intervals: intervalsOf(plain) } : plain;
}

/** A dead layer, and dependence without an end between a layer and itself. */
function withoutValues(plain: MetricMatrix, layers: number): MetricMatrix {
  const dead = Array.from({ length: layers }, (_, k) => [7 * layers + k, k * layers + 7]).flat();
  const reason = "“blocks.3.mlp” is constant.";
  if (plain.metric === "cka" || plain.metric === "rsa") return withHoles(plain, dead, reason);
  if (plain.metric !== "kmi" && plain.metric !== "gaussian-mi") return plain;
  const own = Array.from({ length: layers }, (_, k) => k * layers + k);
  const infinite = withHoles(plain, own, "A canonical correlation is 1: the two layers determine each other.");
  const values = infinite.values.slice();
  for (const k of own) values[k] = Infinity;
  return withHoles({ ...infinite, values }, dead, reason);
}
