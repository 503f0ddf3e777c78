import type { Family } from "../result.ts";

/** The families of metrics as people call them, in the order in which they are listed. */
export const familyLabels: Readonly<Record<Family, string>> = {
  alignment: "Alignment",
  distance: "Distance",
  independence: "Independence",
  measures: "Measures",
  shape: "Subspace and shape",
  stitching: "Stitching",
  neighbours: "Neighbours",
  platonic: "Platonic representation",
};
