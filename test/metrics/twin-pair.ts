/** Two layers as the twins see them; whatever several metrics share is computed once. */
import { describeKernel, type Kernel } from "../../lib/index.ts";
import { rounded } from "../twin/dense.ts";
import type { Features } from "../twin/features.ts";
import { negate } from "../twin/double-double.ts";
import { gram, squaredDistance } from "../twin/gram.ts";
import { Matrix } from "../twin/matrix.ts";
import { type Lists, nearestByKernel } from "../twin/neighbours.ts";
import { type Platonic, platonicOfGrams } from "../twin/platonic.ts";

function remembered<V>(get: (...key: [Kernel, number]) => V): (kernel: Kernel, k?: number) => V {
  const known = new Map<string, V>();
  return (kernel, k = 0) => {
    const name = `${k} ${describeKernel(kernel)}`;
    const value = known.get(name) ?? get(kernel, k);
    known.set(name, value);
    return value;
  };
}

/**
 * The kernel, or for those that fall with the distance, the distance turned round: it has the same order, also where the kernel is 0 but
 * for what doubles can hold.
 */
function closeness(x: Features, kernel: Kernel, k: Matrix): Matrix {
  const falls = kernel.kind === "rbf" || kernel.kind === "laplacian";
  return falls ? Matrix.symmetric(x.n, (i, j) => negate(squaredDistance(x, i, j))) : k;
}

export class TwinPair {
  readonly a: Features;
  readonly b: Features;
  readonly grams: (kernel: Kernel) => readonly [Matrix, Matrix];
  /** Neighbours by the kernel; of few samples, all others. */
  readonly lists: (kernel: Kernel, k: number) => readonly [Lists, Lists];
  readonly platonic: (kernel: Kernel, k: number) => Platonic;

  constructor(a: Features, b: Features) {
    this.a = a;
    this.b = b;
    this.grams = remembered((kernel) => [gram(a, kernel), gram(b, kernel)]);
    const count = (k: number): number => Math.min(k, a.n - 1);
    this.lists = remembered((kernel, k) => {
      const [p, q] = this.grams(kernel);
      return [nearestByKernel(closeness(a, kernel, p), count(k)), nearestByKernel(closeness(b, kernel, q), count(k))];
    });
    this.platonic = remembered((kernel, k) => {
      const [p, q] = this.grams(kernel);
      return platonicOfGrams(rounded(p), rounded(q), ...this.lists(kernel, k));
    });
  }

  /** The same two the other way round. */
  swapped(): TwinPair {
    return new TwinPair(this.b, this.a);
  }
}
