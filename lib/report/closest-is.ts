import type { MetricMatrix } from "../result.ts";

/**
 * Whether the closest layer is the one with the greatest or with the least value; null where neither says so. A dependence measure
 * without an upper end (HSIC, COCO, mutual information) grows with the scale or the number of the features, so its greatest value
 * may belong to the largest layer and not to the most alike.
 */
export function closestIs(matrix: Pick<MetricMatrix, "sense" | "range">): "greatest" | "least" | null {
  if (matrix.sense === "distance") return "least";
  return matrix.range[1] === null ? null : "greatest";
}
