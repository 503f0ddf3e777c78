import type { Operator } from "./operators.ts";
import { factsOf, matrixOf, Representation } from "./representation.ts";

/** How much larger than the unit rows' own spread that which is rounded may be, squared. */
const harmlessExcess = 4;
/** A row this many times nearer to 0 than to the mean loses the digits of its length. */
const nearestToZero = 8;

/**
 * Whether the cosine kernel of these features (or, `rowCentred`, of their rows less the means of their entries) loses nothing when it is
 * read off their centred products: with y = x − μ, w = 1/‖x‖ and ω as native/core/kernel/cosine.h has them, products of w·y are rounded and
 * ⟨w·x − ωμ, w·x − ωμ⟩ are kept, where unit rows less their mean μ_u would be best. ‖μ_u − ωμ‖ ≤ mean |w − w̄|‖y‖ + |w̄ − ω|‖μ‖, so the facts
 * say enough.
 */
function losesNothing(layer: Representation, rowCentred: boolean): boolean {
  const { centredNorm2, dotMean, meanNorm2, rowMean, mean } = factsOf(layer);
  const n = layer.samples;
  const d = layer.features;
  // What row centring takes away: d·m_i·m_j of products, with the means m of the rows' entries and that of μ's.
  const taken = rowCentred ? d : 0;
  const ofMean = mean.reduce((sum, value) => sum + value, 0) / d;
  const size = Math.max(0, meanNorm2 - taken * ofMean ** 2);
  const own = centredNorm2.map((t, i) => Math.max(0, t - taken * rowMean[i]! ** 2));
  const along = dotMean.map((a, i) => a - taken * rowMean[i]! * ofMean);
  const norm2 = own.map((t, i) => t + 2 * along[i]! + size);
  const farthest = centredNorm2.reduce((most, t, i) => Math.max(most, t / norm2[i]!), 0);
  if (!(farthest <= nearestToZero ** 2)) return false;
  const weights = norm2.map((value) => 1 / Math.sqrt(value));
  const meanWeight = weights.reduce((sum, w) => sum + w, 0) / n;
  const towards = weights.reduce((sum, w, i) => sum + w * (along[i]! + size), 0) / n;
  const omega = size > 0 ? towards / size : 0;
  let rounded = 0;
  let kept = 0;
  let off = Math.abs(meanWeight - omega) * Math.sqrt(size);
  for (const [i, w] of weights.entries()) {
    const excess = w - omega;
    rounded += (w ** 2 * centredNorm2[i]!) / n;
    kept += (w ** 2 * own[i]! + 2 * w * excess * along[i]! + excess ** 2 * size) / n;
    off += (Math.abs(w - meanWeight) * Math.sqrt(own[i]!)) / n;
  }
  const best = kept - off ** 2;
  return Math.max(rounded, kept) <= harmlessExcess * best;
}

/**
 * The operator as tiles of Gram space should have it: a cosine kernel, or the correlation between rows, reads the products that the other
 * kernels of its layer take anyway, where that is as exact. (In feature space there is nothing to share.)
 */
export function sharingProducts(operator: Operator): Operator {
  const { layer, source, map } = operator;
  if (!(layer instanceof Representation) || source.kind !== "unitRows" || map.map !== "linear") return operator;
  const rowCentred = source.rowCentred === true;
  if (!losesNothing(layer, rowCentred)) return operator;
  const { mean, centredNorm2, dotMean } = factsOf(layer);
  return {
    layer,
    source: { kind: "features", matrix: matrixOf(layer), mean, centredNorm2, dotMean },
    sourceKey: "features",
    width: layer.features,
    map: { map: "cosine", ...(rowCentred ? { rowCentred } : {}) },
  };
}
