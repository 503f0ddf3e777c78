import { linear } from "../../kernels/linear.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { TableMetric } from "../metric.ts";

/**
 * Linear regression R²: the share of the second layer's variance that an affine map of the first explains, ‖U_1ᵀX_2‖²/‖X_2‖² of
 * centred features. `forward` predicts the column layer from the row layer. Kornblith et al. 2019.
 */
export const linearR2Metric: TableMetric = {
  id: "linear-r2",
  label: "Linear R²",
  summary: "Share of one layer's variance that an affine map of the other explains.",
  formula: "⟨P₁,HK₂H⟩ / tr(HK₂H)",
  family: "shape",
  symmetric: false,
  sense: "similarity",
  range: [0, 1],
  variants: ["forward", "backward"],
  parameters: [],
  kernel: null,
  invariances: invariantUnder("translation", "scale", "rotation", "duplication"),
  cost: "factor",
  fewestSamples: () => 2,
  source: "Kornblith et al. 2019",
  section: "4",
  reads: "operators",
  operators: () => [{ make: "projector" }, { make: "kernel", kernel: linear() }],
  pairs: [
    [0, 1],
    [1, 0],
  ],
  evaluate({ table }, [from], [, to]) {
    const scatter = table!.centredTrace(to!);
    if (!(scatter > 0)) return { reason: "the predicted layer is constant, so it has no variance to explain" };
    // Units: the projector's own scale cancels against nothing, the kernel's against the trace.
    return { value: (table!.centredInner(from!, to!).value * table!.scale(from!)) / scatter };
  },
};
