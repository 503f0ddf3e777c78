import type { Definition } from "../html/entries.ts";

/** What the numbers of a task are, for the report: name, formula, and what it tells. */
export const taskDefinitions: readonly Definition[] = [
  [
    "KTA, centred",
    "⟨K,YYᵀ⟩ / (‖K‖·‖YYᵀ‖)",
    "Kernel–target alignment: are samples with equal targets alike to the layer? 1 is the same, 0 unrelated. Centred: of HKH and HYYᵀH, so that an " +
      "offset common to all samples does not count. Cristianini et al. 2001; Cortes, Mohri and Rostamizadeh 2012.",
  ],
  [
    "KARE, at λ",
    "[(1/n)·tr Yᵀ(K/n+λ)⁻²Y] / [(1/n)·tr (K/n+λ)⁻¹]²",
    "The squared error that kernel ridge regression with this λ would make on new samples, estimated from these; the table has the least of the " +
      "path, with ≤ or ≥ where it lies at an end. Jacot et al. 2020.",
  ],
  [
    "C(m), captured",
    "Σ_{i≤m} ‖φ_iᵀY‖² / Σ_i ‖φ_iᵀY‖²",
    "Cumulative power: how much of what the layer holds of the targets lies in its m leading eigenvectors; captured is how much of the targets it holds " +
      "at all. Canatar, Bordelon and Pehlevan 2021.",
  ],
  [
    "Source condition",
    "Σ_i ‖φ_iᵀY‖² / η_i^2r",
    "The longer the curve stays flat, the smoother the targets are to the kernel; r = ½ is the squared norm in the kernel's space, n-fold. In the units of " +
      "each kernel: between layers of different scale compare the shapes, not the heights.",
  ],
  [
    "R(h), bound",
    "R(h) ≤ 2(1 − ⟨K,YYᵀ⟩/(‖K‖·‖Y‖²))",
    "The error of the predictor that the kernel is by itself, h = KY/‖K‖, with the targets scaled to mean square 1, and the bound that it never exceeds. " +
      "Insulla, Huang and Rosasco 2025, section 6.1, with √E K² where the remark prints E K².",
  ],
];
