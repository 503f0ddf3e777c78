import type { NativeEngineResult } from "./native.ts";
import { type OperatorSums, OperatorTable } from "./operator-table.ts";

export type { Sum } from "./operator-table.ts";

function engineSums(found: NativeEngineResult, samples: number): OperatorSums {
  const operators = found.operators;
  return {
    samples,
    scale: (a) => found.scale[a]!,
    constant: (a) => found.constant[a]!,
    total: (of, a) => found.totals[of * operators + a]!,
    moment: (ofA, a, ofB, b) => found.moments[(ofA * operators + a) * 3 * operators + ofB * operators + b]!,
    inner: (a, b) => found.inner[a * operators + b]!,
  };
}

/** What the engine found, as inner products of operators. */
export class Table extends OperatorTable {
  constructor(found: NativeEngineResult, samples: number) {
    super(engineSums(found, samples));
  }
}

/** The means over batches of the debiased HSIC, with their standard errors, in units of scale(a)·scale(b). */
export class BatchTable {
  readonly batches: number;
  readonly #found: NativeEngineResult;

  constructor(found: NativeEngineResult) {
    this.#found = found;
    this.batches = found.batches;
  }

  unit(a: number, b: number): number {
    return this.#found.scale[a]! * this.#found.scale[b]!;
  }

  hsic(a: number, b: number): number {
    return this.#found.batchHsic[a * this.#found.operators + b]!;
  }

  hsicError(a: number, b: number): number {
    return this.#found.batchHsicError[a * this.#found.operators + b]!;
  }
}
