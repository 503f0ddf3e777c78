/** Distance covariance and correlation (Székely, Rizzo & Bakirov 2007; bias-corrected: Székely & Rizzo 2013), squared as defined. */
import { cka, debiasedCka } from "./alignment.ts";
import { centre } from "./centring.ts";
import { distanceMatrix } from "./distances.ts";
import { add, dd, divide, multiply, squareRoot, subtract, Sum, toNumber, type DoubleDouble } from "./double-double.ts";
import { type Features, at } from "./features.ts";
import { squaredDistance } from "./gram.ts";
import { unbiasedHsic } from "./hsic.ts";
import { inner, Matrix } from "./matrix.ts";

const euclidean = (x: Features): Matrix => distanceMatrix(x, "euclidean");

/** dCov² = ⟨HD_1H, HD_2H⟩/n². */
export function squaredDistanceCovariance(x: Features, y: Features): number {
  return toNumber(divide(inner(centre(euclidean(x)), centre(euclidean(y))), dd(x.n ** 2)));
}

/** dCor² = dCov²_12/√(dCov²_11·dCov²_22); NaN where all rows of one are equal. */
export function squaredDistanceCorrelation(x: Features, y: Features): number {
  return cka(euclidean(x), euclidean(y));
}

/** The unbiased dCov²: U-centred, over n(n − 3); may be negative. */
export function unbiasedDistanceCovariance(x: Features, y: Features): number {
  return toNumber(unbiasedHsic(euclidean(x), euclidean(y)));
}

/** Bias-corrected dCor²; may be negative. */
export function biasCorrectedDistanceCorrelation(x: Features, y: Features): number {
  return debiasedCka(euclidean(x), euclidean(y));
}

/** The distance-induced kernel ½(‖x−o‖ + ‖x'−o‖ − ‖x−x'‖) (Sejdinovic et al. 2013) with o = the zero vector, or a row. */
export function distanceInducedKernel(x: Features, origin: "zero" | number = "zero"): Matrix {
  const fromOrigin = Array.from({ length: x.n }, (_, i): DoubleDouble => {
    if (origin !== "zero") return squareRoot(squaredDistance(x, i, origin));
    const sum = new Sum();
    for (let k = 0; k < x.d; k++) sum.addProduct(at(x, i, k), at(x, i, k));
    return squareRoot(sum.value());
  });
  return Matrix.symmetric(x.n, (i, j) =>
    multiply(
      dd(0.5),
      subtract(
        add(fromOrigin[i] ?? dd(NaN), fromOrigin[j] ?? dd(NaN)),
        i === j ? dd(0) : squareRoot(squaredDistance(x, i, j)),
      ),
    ),
  );
}
