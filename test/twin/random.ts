import { type Features, at, features } from "./features.ts";

/** Uniform numbers in [0, 1) from a seed (Marsaglia's xorshift on 32 bits, after a scramble so that small seeds differ). */
export function uniform(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 16; i++) next();
  return next;
}

/** Standard normal numbers from a seed (Box & Muller 1958). */
export function normal(seed: number): () => number {
  const next = uniform(seed);
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

export function gaussian(n: number, d: number, seed: number): Features {
  const next = normal(seed);
  return features(n, d, () => next());
}

/** A d×d orthogonal matrix: Gram–Schmidt, twice for good measure, on a Gaussian one. */
export function orthogonal(d: number, seed: number): Features {
  const q = gaussian(d, d, seed);
  for (let i = 0; i < d; i++) {
    for (let pass = 0; pass < 2; pass++) {
      for (let k = 0; k < i; k++) {
        let dot = 0;
        for (let j = 0; j < d; j++) dot += at(q, i, j) * at(q, k, j);
        for (let j = 0; j < d; j++) q.data[i * d + j] = at(q, i, j) - dot * at(q, k, j);
      }
    }
    let norm = 0;
    for (let j = 0; j < d; j++) norm += at(q, i, j) ** 2;
    for (let j = 0; j < d; j++) q.data[i * d + j] = at(q, i, j) / Math.sqrt(norm);
  }
  return q;
}

export function permutation(n: number, seed: number): number[] {
  const next = uniform(seed);
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
  return order;
}
