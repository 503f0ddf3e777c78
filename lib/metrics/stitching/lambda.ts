import { numberParameter } from "../parameter.ts";

/** λ of the ridge by which a stitcher is fitted. */
export const lambdaParameter = numberParameter(
  "lambda",
  0,
  { min: 0 },
  "ridge λ, in the units of the eigenvalues of K/n; 0: least squares of minimum norm",
);
