/** How the twins answer the quantities of golden/mnist.json, by their names there. */
import type { Kernel } from "../../lib/kernels/kernel.ts";
import { cka, debiasedCka, ka } from "../twin/alignment.ts";
import * as canonical from "../twin/canonical.ts";
import { rounded } from "../twin/dense.ts";
import { unitRowDistanceAlignment } from "../twin/distance-alignment.ts";
import * as distanceCovariance from "../twin/distance-covariance.ts";
import { toNumber } from "../twin/double-double.ts";
import type { Features } from "../twin/features.ts";
import * as gaussian from "../twin/gaussian-measures.ts";
import { gram, medianDistance } from "../twin/gram.ts";
import { biasedHsic, unbiasedHsic } from "../twin/hsic.ts";
import * as independence from "../twin/independence.ts";
import type { Matrix } from "../twin/matrix.ts";
import { affineMisalignment, misalignment } from "../twin/misalignment.ts";
import { mmd2, pooledMedian } from "../twin/mmd.ts";
import { jaccard, lcs, mutual, nearestByKernel } from "../twin/neighbours.ts";
import { condensedDistances } from "../twin/distances.ts";
import { countKendallByMerging, kendallTauB } from "../twin/rank-correlation.ts";
import { rsa } from "../twin/rsa.ts";
import { angularShapeDistance, nbs, procrustes2 } from "../twin/shape.ts";
import { entropyRank, participationRatio, spectrum } from "../twin/spectrum.ts";
import * as task from "../twin/task.ts";
import { goldenKernels } from "./golden.ts";

export interface Case {
  readonly x: Features;
  readonly y: Features;
  readonly targets: Features;
}

/** `get(key)`, remembered: many quantities share a Gram matrix, an eigendecomposition, a list of neighbours. */
function remembered<K, V>(get: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const value = known.get(key) ?? get(key);
    known.set(key, value);
    return value;
  };
}

function once<V>(get: () => V): () => V {
  const known = remembered(() => get());
  return () => known(true);
}

type Answers = Readonly<Record<string, () => unknown>>;

/** What needs neither n×n matrices of 32 digits nor their eigenvectors: quick at any number of samples. */
export function answersFromFeatures({ x, y }: Case): Answers {
  const linear = remembered((kappa: number) => independence.regularisedCorrelationsOfFeatures(x, y, kappa));
  const rho = once(() => canonical.canonicalCorrelations(x, y));
  const svcca = once(() => canonical.svcca(x, y));
  const sameSpace = x.d === y.d;
  return {
    n: () => x.n,
    d1: () => x.d,
    d2: () => y.d,
    "coco.linear": () => independence.cocoOfFeatures(x, y),
    "kcc.linear.kappa0.1": () => independence.kcc(linear(0.1)),
    "nocco.linear.kappa0.1": () => independence.noccoOf(linear(0.1)),
    "kgv.linear.kappa0.1": () => independence.kgv(linear(0.1)),
    rank1: () => canonical.basis(x).rank,
    rank2: () => canonical.basis(y).rank,
    "cca.meanRho": () => canonical.meanCorrelation(x, y),
    "cca.meanRho2": () => canonical.meanSquaredCorrelation(x, y),
    "gcd.yanai": () => canonical.yanai(x, y),
    "svcca.99.meanRho": () => svcca().value,
    "svcca.99.k1": () => svcca().kept[0],
    "svcca.99.k2": () => svcca().kept[1],
    "linreg.r2.1to2": () => canonical.linearRegression(x, y),
    "linreg.r2.2to1": () => canonical.linearRegression(y, x),
    "procrustes.dist2": () => procrustes2(x, y),
    nbs: () => nbs(x, y),
    "shape.angular": () => angularShapeDistance(x, y),
    gaussianMI: () => gaussian.gaussianMutualInformation(x, y),
    "w2.dependence": () => gaussian.wassersteinDependence(rho()),
    "w2.dependence.printed": () => gaussian.printedWassersteinDependence(rho()),
    ...(sameSpace ? { "w2.gaussian": () => gaussian.gaussianWasserstein2(x, y) } : {}),
    "misalignment.uncentred.1to2": () => misalignment(x, y),
    "misalignment.uncentred.2to1": () => misalignment(y, x),
    "misalignment.affine.1to2": () => affineMisalignment(x, y),
    "misalignment.affine.2to1": () => affineMisalignment(y, x),
    "misalignment.ridge0.1.1to2": () => misalignment(x, y, 0.1),
  };
}

/** What needs the n×n matrices. */
export function answersFromGrams({ x, y, targets }: Case): Answers {
  const k = remembered((kernel: string) => gram(x, goldenKernels[kernel] ?? { kind: "linear" }));
  const l = remembered((kernel: string) => gram(y, goldenKernels[kernel] ?? { kind: "linear" }));
  const lists = once(() => [nearestByKernel(k("cosine"), 10), nearestByKernel(l("cosine"), 10)] as const);
  const correlations = once(() => independence.regularisedCorrelations(k("rbf"), l("rbf"), 0.001));
  const eta = once(() => spectrum(rounded(k("linear"))));
  const power = once(() => task.targetPower(rounded(k("rbf")), targets));
  const pooledRbf: Kernel = { kind: "rbf", bandwidth: { median: 1 } };
  const of = (f: (a: Matrix, b: Matrix) => number, kernel: string) => () => f(k(kernel), l(kernel));
  const hsic = (estimate: typeof unbiasedHsic) => (a: Matrix, b: Matrix) => toNumber(estimate(a, b));
  return {
    "ka.linear": of(ka, "linear"),
    "ka.rbf": of(ka, "rbf"),
    "ka.cosine": of(ka, "cosine"),
    "cka.linear": of(cka, "linear"),
    "cka.linear.debiased": of(debiasedCka, "linear"),
    "cka.rbf": of(cka, "rbf"),
    "cka.rbf.debiased": of(debiasedCka, "rbf"),
    "cka.laplacian": of(cka, "laplacian"),
    "cka.cosine": of(cka, "cosine"),
    "cka.poly3.gamma1/d.c1": of(cka, "poly3.gamma1/d.c1"),
    "hsic.linear.biased": of(hsic(biasedHsic), "linear"),
    "hsic.linear.unbiased": of(hsic(unbiasedHsic), "linear"),
    "hsic.rbf.biased": of(hsic(biasedHsic), "rbf"),
    "rbf.median1": () => medianDistance(x),
    "rbf.median2": () => medianDistance(y),
    "da.cosine": () => unitRowDistanceAlignment(x, y),
    "mutualKnn.k10": () => mutual(...lists()),
    "lcsKnn.k10": () => lcs(...lists()),
    "jaccardKnn.k10": () => jaccard(...lists()),
    "rsa.euclidean.pearson": () => rsa(x, y, "euclidean", "pearson"),
    "rsa.euclidean.spearman": () => rsa(x, y, "euclidean", "spearman"),
    "rsa.sqeuclidean.pearson": () => rsa(x, y, "squared", "pearson"),
    "rsa.sqeuclidean.cosine": () => rsa(x, y, "squared", "cosine"),
    "rsa.euclidean.kendall-b": () =>
      kendallTauB(countKendallByMerging(condensedDistances(x, "euclidean"), condensedDistances(y, "euclidean"))),
    dcov2: () => distanceCovariance.squaredDistanceCovariance(x, y),
    dcor2: () => distanceCovariance.squaredDistanceCorrelation(x, y),
    "dcor2.biascorrected": () => distanceCovariance.biasCorrectedDistanceCorrelation(x, y),
    "coco.rbf": of(independence.coco, "rbf"),
    "kcc.rbf.kappa0.001": () => independence.kcc(correlations()),
    "nocco.rbf.kappa0.001": of((a, b) => independence.nocco(a, b, 0.001), "rbf"),
    "kgv.rbf.kappa0.001": () => independence.kgv(correlations()),
    "kmi.rbf": of((a, b) => independence.kmi(a, b), "rbf"),
    ...(x.d === y.d
      ? {
          "mmd2.linear.biased": () => mmd2(x, y, { kind: "linear" }).biased,
          "mmd2.rbf.pooledMedian": () => pooledMedian(x, y),
          "mmd2.rbf.biased": () => mmd2(x, y, pooledRbf).biased,
          "mmd2.rbf.unbiased": () => mmd2(x, y, pooledRbf).unbiased,
        }
      : {}),
    "spectrum.top5.1": () => eta().slice(0, 5),
    "effectiveRank.participation.1": () => participationRatio(eta()),
    "effectiveRank.entropy.1": () => entropyRank(eta()),
    "kta.linear.1": () => task.kernelTargetAlignment(k("linear"), targets),
    "kta.linear.centred.1": () => task.centredKernelTargetAlignment(k("linear"), targets),
    "kta.rbf.1": () => task.kernelTargetAlignment(k("rbf"), targets),
    "kare.rbf.lambda0.001.1": () => task.kare(rounded(k("rbf")), targets, 0.001),
    "kare.rbf.lambda0.1.1": () => task.kare(rounded(k("rbf")), targets, 0.1),
    "cumulativePower.rbf.1": () => Object.fromEntries([1, 5, 10, 50].map((m) => [m, task.cumulativePower(power(), m)])),
  };
}
