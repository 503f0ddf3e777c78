import { checkNumber, expected } from "../check.ts";

/** λ itself, or how it is chosen: by exact leave-one-out error, or by generalised cross-validation. */
export type Lambda = number | "loo" | "gcv";

/** How a fit comes to its λ, checked. */
export interface LambdaChoice {
  readonly criterion: "given" | "loo" | "gcv";
  /** The λ that are tried, rising; the one where it is given; null: the default path of each source. */
  readonly path: Float64Array | null;
}

/** From 10⁻⁹ to 10 times the largest eigenvalue: four a decade. */
function defaultPath(largest: number): Float64Array {
  return Float64Array.from({ length: pathLength }, (_, k) => largest * 10 ** (-9 + k / 4));
}

const pathLength = 41;

export function lengthOf({ path }: LambdaChoice): number {
  return path?.length ?? pathLength;
}

/** What is tried on a source whose largest eigenvalue (of XᵀX/n or K/n) is this. */
export function pathFor({ path }: LambdaChoice, largest: number): Float64Array {
  return path ?? defaultPath(largest);
}

function checkPath(value: unknown): Float64Array {
  if (!(Array.isArray(value) || value instanceof Float64Array) || value.length === 0) {
    throw expected("a non-empty array of numbers above 0", "lambdas", value);
  }
  const path = Float64Array.from(value as ArrayLike<unknown>, (entry, i) =>
    checkNumber(entry, `lambdas[${i}]`, { above: 0 }),
  );
  return path.sort();
}

/**
 * @param least - what a given λ has to be at least, or above.
 * @throws ArgumentError INVALID_ARGUMENT for a λ that is neither such a number nor "loo" or "gcv", or a path where there is nothing to choose.
 */
export function checkLambda(
  { lambda = "loo", lambdas }: { readonly lambda?: unknown; readonly lambdas?: unknown },
  least: { readonly min: number } | { readonly above: number },
): LambdaChoice {
  if (lambda === "loo" || lambda === "gcv") {
    return { criterion: lambda, path: lambdas === undefined ? null : checkPath(lambdas) };
  }
  if (typeof lambda !== "number") throw expected('a number, "loo" or "gcv"', "lambda", lambda);
  const value = checkNumber(lambda, "lambda", least);
  if (lambdas !== undefined) throw expected("no path beside a λ that is given", "lambdas", lambdas);
  return { criterion: "given", path: Float64Array.of(value) };
}

/** `lambda=0.1`, or `lambda=loo` and its path where it is the caller's. */
export function lambdaText({ criterion, path }: LambdaChoice): string[] {
  if (criterion === "given") return [`lambda=${path![0]!}`];
  return [`lambda=${criterion}`, ...(path === null ? [] : [`lambdas=${path.join("/")}`])];
}

/** Where on its path a chosen λ stands, if that is an end of it: the best may lie beyond. */
export function endText(choice: LambdaChoice, index: number): string {
  const length = lengthOf(choice);
  if (choice.criterion === "given" || (index > 0 && index < length - 1)) return "";
  return index === 0 ? " [lowest λ of its path]" : " [highest λ of its path]";
}
