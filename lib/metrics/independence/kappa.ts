import { numberParameter, wordParameter } from "../parameter.ts";
import { regularizations } from "../scalings.ts";

/** κ, by which the eigenvalues of K̃/n are regularised. */
export const kappaParameter = numberParameter(
  "kappa",
  1e-3,
  { above: 0 },
  "regularisation κ, in the units of the eigenvalues of HKH/n",
);

export const regularizationParameter = wordParameter(
  "regularization",
  regularizations,
  "(Σ+κI)^(−1/2) on both sides, or Bach and Jordan's approximation",
);
