/** What each metric of the catalogue should be, from the slow twins; and how near to it the product has to come. */
import type { Kernel } from "../../lib/index.ts";
import { cka, debiasedCka, ka } from "../twin/alignment.ts";
import * as canonical from "../twin/canonical.ts";
import { cknna } from "../twin/cknna.ts";
import { centre } from "../twin/centring.ts";
import { centreColumns, crossProduct, norm, rounded, scaleColumns } from "../twin/dense.ts";
import { distanceAlignmentOf } from "../twin/distance-alignment.ts";
import * as covariance from "../twin/distance-covariance.ts";
import { type DistanceKind } from "../twin/distances.ts";
import { add, dd, multiply, subtract, toNumber } from "../twin/double-double.ts";
import type { Features } from "../twin/features.ts";
import * as gaussian from "../twin/gaussian-measures.ts";
import { biasedHsic, unbiasedHsic } from "../twin/hsic.ts";
import * as independence from "../twin/independence.ts";
import { eigen, svd } from "../twin/jacobi.ts";
import { inner, Matrix } from "../twin/matrix.ts";
import {
  affineKernelMisalignment,
  affineMisalignment,
  kernelMisalignment,
  misalignment,
} from "../twin/misalignment.ts";
import { mmd2 } from "../twin/mmd.ts";
import * as neighbours from "../twin/neighbours.ts";
import { unitRows } from "../twin/platonic.ts";
import { type Comparison, rsa } from "../twin/rsa.ts";
import * as shape from "../twin/shape.ts";
import type { TwinPair } from "./twin-pair.ts";

/** A metric with everything decided. */
export interface Asked {
  readonly variant: string | null;
  readonly parameters: Readonly<Record<string, number | string>>;
  /** The metric's kernel; the linear one for metrics of the features themselves. */
  readonly kernel: Kernel;
}

export interface Twin {
  /** Parameters to try beside the defaults. */
  readonly settings?: readonly Readonly<Record<string, number | string>>[];
  /** NaN where the metric does not exist. A directed metric is asked for `forward`; the pair is swapped for `backward`. */
  readonly answer: (pair: TwinPair, asked: Asked) => number;
  /** How far off the product may be beyond 1e-9 of the value, for metrics that are a small difference of larger numbers. */
  readonly floor?: (pair: TwinPair, asked: Asked, expected: number) => number;
}

const hsicOf = (estimate: typeof unbiasedHsic, k: Matrix, l: Matrix): number => toNumber(estimate(k, l));
const number = (asked: Asked, name: string): number => Number(asked.parameters[name]);

/** d²(i,j) = K_ii + K_jj − 2K_ij, with 32 digits. */
function squaredDistances(k: Matrix): Matrix {
  return Matrix.symmetric(k.n, (i, j) => subtract(add(k.at(i, i), k.at(j, j)), multiply(dd(2), k.at(i, j))));
}

const rsaKinds: Readonly<Record<string, DistanceKind>> = {
  euclidean: "euclidean",
  "squared-euclidean": "squared",
  correlation: "correlation",
  cosine: "cosine",
};

function rsaTwin(comparison: Comparison): Twin {
  return {
    settings: ["squared-euclidean", "correlation", "cosine"].map((distance) => ({ distance })),
    answer: ({ a, b }, { parameters }) => rsa(a, b, rsaKinds[parameters["distance"]!]!, comparison),
    // Rows of two features, less their means, are parallel or opposite: distances are 0 or 2, and ranks are about nothing but the order
    // that rounding gives to equal ones.
    floor: ({ a, b }, { parameters }) =>
      /spearman|kendall/.test(comparison) && parameters["distance"] === "correlation" && Math.min(a.d, b.d) === 2
        ? 2
        : 0,
  };
}

/**
 * Regularised correlations. Those of linear kernels from the features: the n×n matrix has eigenvalues that are 0 but for rounding, and
 * beside features of size 1e6 that rounding is larger than κ.
 */
function correlations({ a, b, grams }: TwinPair, asked: Asked): Float64Array {
  const kappa = number(asked, "kappa");
  const jordan = asked.parameters["regularization"] === "bach-jordan";
  if (asked.kernel.kind !== "linear") {
    return (jordan ? independence.bachJordanCorrelations : independence.regularisedCorrelations)(
      ...grams(asked.kernel),
      kappa,
    );
  }
  if (!jordan) return independence.regularisedCorrelationsOfFeatures(a, b, kappa);
  const weighted = (x: Features): Features => {
    const { u, values } = canonical.basis(x);
    return scaleColumns(
      u,
      values.map((value) => value ** 2 / (value ** 2 + (x.n * kappa) / 2)),
    );
  };
  return svd(crossProduct(weighted(a), weighted(b))).values;
}

const regularised = [{ kappa: 0.1 }, { kappa: 0.1, regularization: "bach-jordan" }];

/** A few dozen operations, each with its rounding. */
const rounding = 64 * Number.EPSILON;

/** log(1 − σ²) of a σ² with a rounding error: small where σ is, and large where 1 − σ² is of the rounding's size. */
const logarithmic = (sigmas: Float64Array): number =>
  sigmas.reduce((sum, sigma) => sum + rounding / Math.max(1 - sigma ** 2, rounding), 0);

/** An angle whose cosine has an error: that over the angle, and the root of it at 0. */
const angular = (angle: number, error: number): number => Math.min(error / angle, Math.sqrt(error));

/** Singular values as roots of eigenvalues: the smallest has the rounding of the largest eigenvalue. */
function rootsOfEigenvalues(x: Features): number {
  const { values } = canonical.basis(x);
  return (rounding * (values[0] ?? NaN)) / (values.at(-1) ?? NaN);
}

const sumOfSquares = (x: Features): number => norm(centreColumns(x)) ** 2;

function listTwin(score: (a: neighbours.Lists, b: neighbours.Lists) => number): Twin {
  return {
    settings: [{ k: 3 }],
    answer: (pair, asked) => score(...pair.lists(asked.kernel, number(asked, "k"))),
  };
}

/**
 * How much larger the rounding of the features that are mapped, or of their kernel matrix, is in the fit: it is over the least that the
 * projector, or the ridge, does not leave out.
 */
function amplification(x: Features, k: Matrix, { kernel, parameters }: Asked, bias: boolean): number {
  const linear = kernel.kind === "linear" || kernel.kind === "cosine";
  const rows = kernel.kind === "cosine" ? unitRows(x) : x;
  const values = linear
    ? svd(bias ? centreColumns(rows) : rows).values
    : eigen(rounded(bias ? centre(k) : k)).values.map((value) => Math.max(value, 0));
  // Unit rows are rounded before they are centred.
  const most = kernel.kind === "cosine" ? Math.sqrt(x.n) : (values[0] ?? NaN);
  const ridge = linear ? Math.sqrt(x.n * Number(parameters["lambda"])) : x.n * Number(parameters["lambda"]);
  const kept = values.filter((value) => value > Math.max(x.n, x.d) * Number.EPSILON * most);
  return most / Math.max(kept.at(-1) ?? most, ridge);
}

/** What is left of a layer. */
function misalignmentTwin(bias: boolean): Twin {
  return {
    settings: [{ lambda: 0.1 }],
    answer: (pair, asked) => {
      const { a, b, grams } = pair;
      const lambda = number(asked, "lambda");
      const ofFeatures = bias ? affineMisalignment : misalignment;
      if (asked.kernel.kind === "linear") return ofFeatures(a, b, lambda);
      // Beside an offset, what unit rows differ by is of the size of a kernel matrix's rounding.
      if (asked.kernel.kind === "cosine") return ofFeatures(unitRows(a), b, lambda);
      if (lambda === 0 && /rbf|laplacian/.test(asked.kernel.kind)) return NaN;
      const k = grams(asked.kernel)[0];
      return bias ? affineKernelMisalignment(k, b, lambda) : kernelMisalignment(k, b, lambda);
    },
    floor: ({ a, b, grams }, asked) => {
      const size = bias || asked.kernel.kind === "linear" ? sumOfSquares(b) : norm(b) ** 2;
      return (rounding * amplification(a, grams(asked.kernel)[0], asked, bias) * size) / a.n;
    },
  };
}

export const twins: Readonly<Record<string, Twin>> = {
  cka: {
    answer: (pair, { variant, kernel }) => (variant === "biased" ? cka : debiasedCka)(...pair.grams(kernel)),
  },
  ka: { answer: (pair, { kernel }) => ka(...pair.grams(kernel)) },
  da: {
    answer: (pair, { kernel }) => {
      const [k, l] = pair.grams(kernel);
      return distanceAlignmentOf(squaredDistances(k), squaredDistances(l));
    },
    // ‖D₁‖² + ‖D₂‖² − 2⟨D₁,D₂⟩: what is left of its terms between near-duplicates.
    floor: (pair, { kernel }) => {
      const size = (k: Matrix): number => toNumber(inner(squaredDistances(k), squaredDistances(k))) / k.n ** 2;
      const [k, l] = pair.grams(kernel);
      return rounding * (size(k) + size(l));
    },
  },
  "rsa-pearson": rsaTwin("pearson"),
  "rsa-cosine": rsaTwin("cosine"),
  "rsa-spearman": rsaTwin("spearman"),
  "rsa-kendall": rsaTwin("kendall"),
  dcov2: { answer: ({ a, b }) => covariance.squaredDistanceCovariance(a, b) },
  dcor2: {
    answer: ({ a, b }, { variant }) =>
      variant === "biased"
        ? covariance.squaredDistanceCorrelation(a, b)
        : covariance.biasCorrectedDistanceCorrelation(a, b),
  },
  dcor: { answer: ({ a, b }) => Math.sqrt(covariance.squaredDistanceCorrelation(a, b)) },
  hsic: {
    answer: (pair, { variant, kernel }) =>
      hsicOf(variant === "biased" ? biasedHsic : unbiasedHsic, ...pair.grams(kernel)),
  },
  coco: { answer: (pair, { kernel }) => independence.coco(...pair.grams(kernel)) },
  kcc: { settings: regularised, answer: (pair, asked) => independence.kcc(correlations(pair, asked)) },
  nocco: {
    settings: [{ kappa: 0.1 }],
    answer: (pair, asked) =>
      asked.kernel.kind === "linear"
        ? independence.noccoOf(correlations(pair, asked))
        : independence.nocco(...pair.grams(asked.kernel), number(asked, "kappa")),
  },
  kmi: {
    settings: [{ nu: 0.01 }],
    answer: (pair, asked) => {
      const [k, l] = pair.grams(asked.kernel);
      const nu = asked.parameters["nu"];
      return typeof nu === "number" ? independence.kmi(k, l, [nu, nu]) : independence.kmi(k, l);
    },
  },
  kgv: {
    settings: regularised,
    answer: (pair, asked) => independence.kgv(correlations(pair, asked)),
    floor: (pair, asked) => logarithmic(correlations(pair, asked)),
  },
  mmd2: {
    answer: ({ a, b }, { kernel, variant }) => {
      if (a.d !== b.d) return NaN;
      const { biased, unbiased } = mmd2(a, b, kernel);
      return variant === "biased" ? biased : unbiased;
    },
    // Means of the kernel, and what is left of them between near-duplicates.
    floor: ({ grams }, { kernel }) =>
      Math.max(...grams(kernel).map((k) => rounding * Math.max(...k.toNumbers().map(Math.abs)))),
  },
  "gaussian-mi": {
    settings: [{ kappa: 0.1 }],
    answer: ({ a, b }, asked) => {
      const kappa = number(asked, "kappa");
      if (kappa === 0) return gaussian.gaussianMutualInformation(a, b);
      return independence.kgv(independence.regularisedCorrelationsOfFeatures(a, b, kappa));
    },
    floor: ({ a, b }, asked) => {
      const kappa = number(asked, "kappa");
      if (kappa > 0) return logarithmic(independence.regularisedCorrelationsOfFeatures(a, b, kappa));
      return logarithmic(canonical.canonicalCorrelations(a, b));
    },
  },
  "gaussian-w2": {
    answer: ({ a, b }) => (a.d === b.d ? gaussian.gaussianWasserstein2(a, b) : NaN),
    // tr Σ₁ + tr Σ₂ − 2‖·‖_∗ cancels between near-duplicates.
    floor: ({ a, b }) => (rounding * (sumOfSquares(a) + sumOfSquares(b))) / a.n,
  },
  "w2-dependence": {
    answer: ({ a, b }, { variant }) => {
      const rho = canonical.canonicalCorrelations(a, b);
      return variant === "exact" ? gaussian.wassersteinDependence(rho) : gaussian.printedWassersteinDependence(rho);
    },
    // √(1 − ρ) of a ρ that is 1 but for its rounding is the root of that.
    floor: ({ a, b }) =>
      canonical
        .canonicalCorrelations(a, b)
        .reduce((sum, rho) => sum + 2 * Math.min(Math.sqrt(rounding), rounding / Math.sqrt(1 - rho)), 0),
  },
  "cca-rho": { answer: ({ a, b }) => canonical.meanCorrelation(a, b) },
  "cca-rho2": { answer: ({ a, b }) => canonical.meanSquaredCorrelation(a, b) },
  gcd: { answer: ({ a, b }) => canonical.yanai(a, b) },
  svcca: {
    settings: [{ share: 0.8 }],
    answer: ({ a, b }, asked) => canonical.svcca(a, b, number(asked, "share")).value,
  },
  pwcca: { answer: ({ a, b }) => canonical.pwcca(a, b) },
  misalignment: misalignmentTwin(false),
  "affine-misalignment": misalignmentTwin(true),
  "linear-r2": { answer: ({ a, b }) => canonical.linearRegression(a, b) },
  procrustes: {
    answer: ({ a, b }) => shape.procrustes2(a, b),
    // ‖X₁‖² + ‖X₂‖² − 2‖X₁ᵀX₂‖_∗ cancels between near-duplicates.
    floor: ({ a, b }) => rounding * (sumOfSquares(a) + sumOfSquares(b)),
  },
  nbs: { answer: ({ a, b }) => shape.nbs(a, b) },
  shape: {
    settings: [{ alpha: 0 }, { alpha: 0.5 }],
    answer: ({ a, b }, asked) => shape.angularShapeDistance(a, b, number(asked, "alpha")),
    floor: ({ a, b }, _, expected) => angular(expected, Math.max(rootsOfEigenvalues(a), rootsOfEigenvalues(b))),
  },
  "mutual-knn": listTwin(neighbours.mutual),
  "jaccard-knn": listTwin(neighbours.jaccard),
  // From the second layer's neighbours back to the first's.
  "cycle-knn": listTwin((a, b) => neighbours.cycle(b, a)),
  "lcs-knn": listTwin(neighbours.lcs),
  "edit-knn": listTwin(neighbours.edit),
  cknna: {
    settings: [{ k: 3 }],
    answer: (pair, asked) => {
      const lists = pair.lists(asked.kernel, number(asked, "k"));
      return cknna(...pair.grams(asked.kernel), ...lists, asked.variant === "debiased" ? "debiased" : "biased");
    },
  },
  "platonic-cka": {
    // From the HSICs of 32 digits: the twin of platonic-rep itself has doubles, and far from the origin too few of them.
    answer: (pair, { kernel, variant }) => {
      const [k, l] = pair.grams(kernel);
      const hsic = (p: Matrix, q: Matrix): number =>
        variant === "biased" ? hsicOf(biasedHsic, p, q) * (k.n - 1) ** 2 : hsicOf(unbiasedHsic, p, q);
      return hsic(k, l) / (Math.sqrt(hsic(k, k) * hsic(l, l)) + 1e-6);
    },
  },
  "platonic-mutual-knn": listTwin(neighbours.mutual),
  "platonic-cycle-knn": {
    settings: [{ k: 3 }],
    answer: (pair, asked) => pair.platonic(asked.kernel, number(asked, "k")).cycle_knn,
  },
  "platonic-lcs-knn": {
    settings: [{ k: 3 }],
    answer: (pair, asked) => pair.platonic(asked.kernel, number(asked, "k")).lcs_knn,
  },
  "platonic-edit-knn": listTwin(neighbours.edit),
  "platonic-cknna": {
    settings: [{ k: 3 }],
    answer: (pair, asked) => pair.platonic(asked.kernel, number(asked, "k")).cknna,
  },
};
