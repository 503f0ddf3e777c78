/** A stream of uniform 32-bit integers from a 32-bit seed: the recurrence of T. Ettinger's Mulberry32. */
function stream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** An unbiased integer in [0, bound), by rejection. */
function below(next: () => number, bound: number): number {
  const limit = 2 ** 32 - (2 ** 32 % bound);
  let draw = next();
  while (draw >= limit) draw = next();
  return draw % bound;
}

/** Fisher and Yates. */
function shuffle(order: Uint32Array, next: () => number): void {
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = below(next, i + 1);
    const held = order[i]!;
    order[i] = order[j]!;
    order[j] = held;
  }
}

/** A permutation of 0 … n−1 (Fisher and Yates), the same for the same seed on every machine. */
export function permutation(n: number, seed: number): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  shuffle(order, stream(seed));
  return order;
}

/** Fills arrays with one permutation of 0 … length−1 after the other, all from one stream. */
export function permutations(seed: number): (order: Uint32Array) => void {
  const next = stream(seed);
  return (order) => {
    for (let i = 0; i < order.length; i += 1) order[i] = i;
    shuffle(order, next);
  };
}

/** Fills arrays with how often each of n samples occurs among n that are drawn with replacement (Efron 1979). */
export function bootstrapCounts(seed: number): (counts: Float64Array) => void {
  const next = stream(seed);
  return (counts) => {
    counts.fill(0);
    for (let draw = 0; draw < counts.length; draw += 1) counts[below(next, counts.length)]! += 1;
  };
}

/** `count` of the integers 0 … n−1, drawn without replacement and in rising order. */
export function sample(n: number, count: number, seed: number): Uint32Array {
  return permutation(n, seed).slice(0, Math.min(n, count)).sort();
}
