/**
 * The pairs of layers that a comparison is about, numbered, for jobs that work pair by pair. Layers are named by their index; those
 * without a place (a reason says why) take no part.
 */
export class LayerPairs {
  /** a0, b0, a1, b1, … in places. */
  readonly flat: Uint32Array;
  readonly #places: ReadonlyMap<number, number>;
  readonly #numbers = new Map<number, number>();
  readonly #ordered: boolean;

  /** @param ordered - whether (a, b) and (b, a) are two pairs; else each unordered pair is there once. */
  constructor(
    rows: readonly number[],
    columns: readonly number[],
    places: ReadonlyMap<number, number>,
    ordered: boolean = false,
  ) {
    this.#places = places;
    this.#ordered = ordered;
    const flat: number[] = [];
    const add = (a: number, b: number): void => {
      const key = this.#key(a, b);
      if (this.#numbers.has(key)) return;
      this.#numbers.set(key, flat.length / 2);
      flat.push(...(ordered || a <= b ? [a, b] : [b, a]));
    };
    for (const row of rows) {
      for (const column of columns) {
        const [a, b] = [places.get(row), places.get(column)];
        if (a === undefined || b === undefined) continue;
        add(a, b);
        if (ordered) add(b, a);
      }
    }
    this.flat = Uint32Array.from(flat);
  }

  get count(): number {
    return this.#numbers.size;
  }

  /** The number of the pair of two layers, and whether it stands the other way round; null when one of them has no place. */
  find(rowLayer: number, columnLayer: number): { readonly pair: number; readonly swapped: boolean } | null {
    const [a, b] = [this.#places.get(rowLayer), this.#places.get(columnLayer)];
    if (a === undefined || b === undefined) return null;
    const pair = this.#numbers.get(this.#key(a, b));
    return pair === undefined ? null : { pair, swapped: !this.#ordered && a > b };
  }

  #key(a: number, b: number): number {
    const [low, high] = this.#ordered || a <= b ? [a, b] : [b, a];
    return low * 2 ** 26 + high;
  }
}
