import { types } from "node:util";

import { checkFunction, checkInteger, checkNumber, checkOptions, checkString, expected } from "../check.ts";
import { ArgumentError } from "../errors.ts";
import { checkLength } from "../matrix/typed-array.ts";
import { Representation } from "../representation.ts";
import type { Lipschitz } from "../stitching-result.ts";
import { checkWorkOptions, workKeys, type WorkOptions } from "../work-options.ts";
import { checkFeatures } from "./check-features.ts";
import type { Head } from "./head.ts";

/** A function of n rows at once: n×d features in, n×t numbers out (or a promise of them), both row-major. It must look at each row by itself. */
export type HeadFunction = (features: Float64Array, samples: number) => Float64Array | Promise<Float64Array>;

/** Options of `heads.fromFunction`. */
export interface FunctionHeadOptions {
  /** d. */
  readonly inputs: number;
  /** t. */
  readonly outputs: number;
  /** κ ≥ 0 with ‖g(z) − g(z')‖ ≤ κ‖z − z'‖, on your word. Without it there are no bounds. */
  readonly lipschitz?: number;
  /** What messages and reports call it; "function" by default. */
  readonly name?: string;
}

/** Rejects when the signal aborts, for a function that may never answer. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await promise;
  signal.throwIfAborted();
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (stop !== undefined) signal.removeEventListener("abort", stop);
  }
}

function checkOutput(value: unknown, shape: readonly [number, number], name: string): Float64Array {
  if (!types.isFloat64Array(value)) throw expected("a Float64Array", `what head ${name} returns`, value);
  checkLength(value, shape, `what head ${name} returns`);
  return value;
}

/** A head of the caller's own. @throws ArgumentError INVALID_ARGUMENT. */
export function functionHead(run: HeadFunction, options: FunctionHeadOptions): Head {
  checkFunction(run, "fn");
  const given = checkOptions(options, "fromFunction(options)", ["inputs", "outputs", "lipschitz", "name"]);
  const inputs = checkInteger(given.inputs, "options.inputs", { min: 1 });
  const outputs = checkInteger(given.outputs, "options.outputs", { min: 1 });
  const name = given.name === undefined ? "function" : checkString(given.name, "options.name");
  const constant = given.lipschitz === undefined ? null : checkNumber(given.lipschitz, "options.lipschitz", { min: 0 });
  return Object.freeze({
    name,
    inputs,
    outputs,
    linear: () => null,
    apply: async (features: Representation, work?: WorkOptions): Promise<Representation> => {
      const { signal } = checkWorkOptions(checkOptions(work, "apply(options)", workKeys));
      const source = checkFeatures(features, { name, inputs });
      signal?.throwIfAborted();
      const answer = Promise.resolve(run(source.toFloat64Array(), source.samples));
      const out = checkOutput(await untilAborted(answer, signal), [source.samples, outputs], name);
      const from = source.source === null ? {} : { source: source.source };
      return Representation.fromArray(out, [source.samples, outputs], { name, ...from });
    },
    lipschitz: async (work?: WorkOptions): Promise<Lipschitz> => {
      const { signal } = checkWorkOptions(checkOptions(work, "lipschitz(options)", workKeys));
      signal?.throwIfAborted();
      if (constant !== null) return await Promise.resolve({ constant, method: "given", parts: [] });
      const message = `Expected a Lipschitz constant for head ${name}, which is a function, but received none. Give one: heads.fromFunction(fn, { lipschitz }).`;
      throw new ArgumentError("NOT_LIPSCHITZ", message, { head: name });
    },
  });
}
