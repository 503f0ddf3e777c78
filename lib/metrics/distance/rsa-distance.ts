import { linear } from "../../kernels/linear.ts";
import type { OperatorRequest } from "../metric.ts";
import { wordParameter } from "../parameter.ts";

/** The distances between rows that representational similarity analysis may compare. */
export const rsaDistances = ["euclidean", "squared-euclidean", "correlation", "cosine"] as const;
export type RsaDistance = (typeof rsaDistances)[number];

export const rsaDistanceParameter = wordParameter("distance", rsaDistances, "distance between the rows of a layer");

/** The operator in which the distance is found: −d itself, or a kernel k whose squared distance k_ii + k_jj − 2k_ij is a multiple of d. */
export function rsaOperator(distance: RsaDistance): OperatorRequest {
  switch (distance) {
    case "euclidean":
      return { make: "distance" };
    case "squared-euclidean":
      return { make: "kernel", kernel: linear() };
    case "correlation":
      return { make: "correlation" };
    case "cosine":
      return { make: "row-cosine" };
  }
}
