/** n samples of d features, row-major. */
export interface Features {
  readonly data: Float64Array;
  readonly n: number;
  readonly d: number;
}

export function features(n: number, d: number, entry: (i: number, j: number) => number): Features {
  const data = new Float64Array(n * d);
  for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) data[i * d + j] = entry(i, j);
  return { data, n, d };
}

export function at(x: Features, i: number, j: number): number {
  return x.data[i * x.d + j] ?? NaN;
}

export function map(x: Features, change: (value: number, i: number, j: number) => number): Features {
  return features(x.n, x.d, (i, j) => change(at(x, i, j), i, j));
}

/** The rows named, in that order; a row may come twice. */
export function selectRows(x: Features, rows: readonly number[]): Features {
  return features(rows.length, x.d, (i, j) => at(x, rows[i] ?? -1, j));
}

/** Values as 32-bit floats hold them: what an engine that is fed a Float32Array sees. */
export function roundToFloat32(x: Features): Features {
  return map(x, Math.fround);
}

/** X·W for a d×e matrix W. */
export function multiply(x: Features, w: Features): Features {
  return features(x.n, w.d, (i, j) => {
    let sum = 0;
    for (let k = 0; k < x.d; k++) sum += at(x, i, k) * at(w, k, j);
    return sum;
  });
}
