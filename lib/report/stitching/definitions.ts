import type { Definition } from "../html/entries.ts";

/** What the numbers of a sweep of stitchings are, for the report. */
export const stitchingDefinitions: readonly Definition[] = [
  [
    "Stitched network",
    "h = g₂∘s∘f₁",
    "The first network up to a layer (f₁), a stitcher s fitted between the two layers’ features, and the second network from a layer on (g₂, its " +
      "head). Insulla, Huang and Rosasco 2025, section 4; Lenc and Vedaldi 2015; Bansal, Nakkiran and Barak 2021.",
  ],
  [
    "Risk, accuracy",
    "R(h) = (1/n)·Σ‖h(xᵢ) − yᵢ‖²",
    "Mean squared error against the targets over n rows, in the targets’ units squared, summed over target columns; measured by running the " +
      "network. Accuracy: the share of rows whose largest output is that of the class, where targets are one-hot.",
  ],
  [
    "Excess stitching risk",
    "R(g₂∘s∘f₁) − R(g₂∘f₂)",
    "What stitching costs over the network stitched into, on the same rows. Below 0 the stitched network does better. Insulla, Huang and Rosasco " +
      "2025, section 4.",
  ],
  [
    "Misalignment Ã",
    "(1/n)·Σ‖s(f₁(xᵢ)) − f₂(xᵢ)‖²",
    "How far the stitcher’s output is from the features that it stands in for, in their units squared. On fitted rows of a least-squares stitcher " +
      "it is the least that its class can reach. Insulla, Huang and Rosasco 2025, section 4 (the theorem’s norms are squared ones).",
  ],
  [
    "κ",
    "‖g₂(z) − g₂(z′)‖ ≤ κ·‖z − z′‖",
    "Lipschitz constant of the head. exact: the spectral norm of a linear head. Product of spectral norms: of all linear layers in it, times the " +
      "constants of the activations (ReLU 1, tanh 1, sigmoid ¼, GELU 1.129, SiLU 1.100); a safe constant, mostly far above what features meet. given: on the " +
      "caller’s word.",
  ],
  [
    "Bound, slack",
    "R(g₂∘s∘f₁) ≤ (√R(g₂∘f₂) + κ√Ã)²",
    "Theorem 1. With all of it measured on the same rows it is the triangle inequality, so it holds on rows fitted on and on rows held out, for every " +
      "stitcher. Slack is bound − risk; bound/risk says how loose it is. Insulla, Huang and Rosasco 2025, theorem 1 and remark 3.",
  ],
  [
    "Gap of risks",
    "R(h₁) − R(h₂) ≤ min over pairs of κ²Ã + 2κ√(Ã·R(h₂))",
    "Theorem 2 with remark 6, where no stitched network beats the network stitched from; a stitched risk below R(h₁) refutes that, and the report says " +
      "so. Both ways: |R(h₁) − R(h₂)| is at most the larger of the two. Insulla, Huang and Rosasco 2025, section 4.",
  ],
  [
    "CKA, KA",
    "⟨K₁,K₂⟩ / (‖K₁‖·‖K₂‖)",
    "Kernel alignment of the two layers under the linear kernel, on all rows; CKA of the centred kernels, debiased (it may be slightly below 0). " +
      "Kornblith, Norouzi, Lee and Hinton 2019; Song et al. 2012.",
  ],
  [
    "Spearman’s ρ",
    "correlation of the ranks",
    "Over the pairs of a direction: −1 where more aligned pairs always cost less, 0 where alignment says nothing of the order. Pairs that share a layer are " +
      "not independent, so there is no p-value. Equal values share the mean of their ranks.",
  ],
  [
    "Forward, level, backward",
    "depth = (index + 1) / layers",
    "By relative depth: forward, the stitched network enters later than it left and skips layers; backward, it goes over depth again; level, neither.",
  ],
];
