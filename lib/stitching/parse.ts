import { expected } from "../check.ts";
import { type ArgumentError, GramianError } from "../errors.ts";
import type { Kernel } from "../kernels/kernel.ts";
import { parseKernel } from "../kernels/parse.ts";
import { affine } from "./affine.ts";
import { kernelRidge } from "./kernel-ridge.ts";
import type { Lambda } from "./lambda.ts";
import { linear } from "./linear.ts";
import { lowRank } from "./low-rank.ts";
import { orthogonal } from "./orthogonal.ts";
import { permutation } from "./permutation.ts";
import { ridge } from "./ridge.ts";
import type { StitcherKind, StitcherMethod } from "./stitcher.ts";

/** What {@link parseStitcher} reads, for help texts and messages. */
export const stitcherForms: readonly string[] = [
  "linear",
  "affine",
  "ridge",
  "ridge(lambda=0.1)",
  "ridge(lambda=gcv, bias=false)",
  "orthogonal",
  "orthogonal(scale=true)",
  "permutation",
  "low-rank(rank=8)",
  "kernel-ridge",
  "kernel-ridge(kernel=rbf:0.5m, lambda=loo)",
];

/** A piece of text as the maker's option; undefined where it is not one. */
type Reader = (text: string) => unknown;

const number: Reader = (text) => (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined);
const flag: Reader = (text) => ({ true: true, false: false })[text];
const lambda: Reader = (text) => (text === "loo" || text === "gcv" ? text : number(text));
const numbers: Reader = (text) => {
  const found = text.split("/").map(number);
  return found.includes(undefined) ? undefined : found;
};

const kinds: Readonly<
  Record<
    Exclude<StitcherKind, "task-aware">,
    { readonly options: Readonly<Record<string, Reader>>; readonly make: (given: never) => StitcherMethod }
  >
> = {
  linear: { options: {}, make: () => linear() },
  affine: { options: {}, make: () => affine() },
  ridge: {
    options: { lambda, lambdas: numbers, bias: flag },
    make: (given: { lambda?: Lambda; lambdas?: number[]; bias?: boolean }) => ridge(given),
  },
  orthogonal: {
    options: { scale: flag, bias: flag },
    make: (given: { scale?: boolean; bias?: boolean }) => orthogonal(given),
  },
  permutation: { options: { bias: flag }, make: (given: { bias?: boolean }) => permutation(given) },
  "low-rank": {
    options: { rank: number, bias: flag },
    make: (given: { rank: number; bias?: boolean }) => lowRank(given),
  },
  "kernel-ridge": {
    options: { kernel: parseKernel, lambda, lambdas: numbers, bias: flag },
    make: (given: { kernel?: Kernel; lambda?: Lambda; lambdas?: number[]; bias?: boolean }) => kernelRidge(given),
  },
};

/** Pieces between the commas that stand in no brackets. */
function split(inside: string): string[] {
  const pieces = [""];
  let depth = 0;
  for (const character of inside) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (character === "," && depth === 0) pieces.push("");
    else pieces[pieces.length - 1] += character;
  }
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== "");
}

function refusal(text: unknown, cause?: unknown): ArgumentError {
  const why = cause instanceof GramianError ? `${cause.message} ` : "";
  return expected("a stitcher", "stitcher", text, {
    hint: `${why}A stitcher is one of: ${stitcherForms.join("; ")}.`,
    ...(cause === undefined ? {} : { cause }),
  });
}

function read(text: string): StitcherMethod | undefined {
  const found = /^([a-z-]+)(?:\((.*)\))?$/.exec(text.trim());
  const kind = found?.[1] ?? "";
  if (found === null || !Object.hasOwn(kinds, kind)) return undefined;
  const { options, make } = kinds[kind as keyof typeof kinds];
  const given: Record<string, unknown> = {};
  for (const piece of split(found[2] ?? "")) {
    const at = piece.indexOf("=");
    const key = piece.slice(0, Math.max(at, 0)).trim();
    if (!Object.hasOwn(options, key) || Object.hasOwn(given, key)) return undefined;
    const value = options[key]!(piece.slice(at + 1).trim());
    if (value === undefined) return undefined;
    given[key] = value;
  }
  return make(given as never);
}

/**
 * The method that a text such as `ridge(lambda=0.1)` names, as the command line takes it: a method's `name` is read back.
 *
 * Forms: `linear`, `affine`, `ridge`, `orthogonal`, `permutation`, `low-rank(rank=8)` and `kernel-ridge`, with the options of
 * {@link stitchers} in brackets as `name=value`, separated by commas; `lambdas` as 0.01/0.1/1; a kernel in the forms of {@link parseKernel}, in
 * brackets where it has commas: `kernel=poly(3,gamma=0.1)`.
 *
 * @throws ArgumentError with code INVALID_ARGUMENT, listing the forms.
 *
 * @example
 * ```ts
 * import { parseStitcher } from "gramian";
 * console.log(parseStitcher("kernel-ridge(kernel=rbf, lambda=loo)").kind); // kernel-ridge
 * ```
 */
export function parseStitcher(text: string): StitcherMethod {
  if (typeof text !== "string") throw refusal(text);
  let method: StitcherMethod | undefined;
  try {
    method = read(text);
  } catch (error) {
    throw refusal(text, error);
  }
  if (method === undefined) throw refusal(text);
  return method;
}
