import { expected } from "../check.ts";
import { type ArgumentError, GramianError } from "../errors.ts";
import type { BandwidthOptions } from "./bandwidth.ts";
import { cosine } from "./cosine.ts";
import type { Kernel } from "./kernel.ts";
import { laplacian } from "./laplacian.ts";
import { linear } from "./linear.ts";
import { polynomial } from "./polynomial.ts";
import { rbf } from "./rbf.ts";

/** What {@link parseKernel} reads, for help texts and messages. */
export const kernelForms: readonly string[] = [
  "linear",
  "cosine",
  "poly:3",
  "poly:3,gamma=0.1,offset=0",
  "rbf",
  "rbf:median*0.5",
  "rbf:0.5m",
  "rbf:2.5",
  "laplacian",
  "laplacian:median*0.5",
  "laplacian:0.5m",
  "laplacian:2.5",
];

const number = String.raw`([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)`;
const medianForms = [
  /^median$/,
  new RegExp(String.raw`^median\*${number}$`),
  new RegExp(String.raw`^${number}(?:\*?median|m)$`),
];
const numberForm = new RegExp(`^(?:(?:bandwidth|σ|sigma)=)?${number}$`);
const wholeNumber = new RegExp(`^${number}$`);

function refusal(text: unknown, cause?: unknown): ArgumentError {
  const why = cause instanceof GramianError ? ` ${cause.message}` : "";
  return expected("a kernel", "kernel", text, {
    hint: `${why === "" ? "" : `${why.trim()} `}A kernel is one of: ${kernelForms.join(", ")}.`,
    ...(cause === undefined ? {} : { cause }),
  });
}

function bandwidthFrom(argument: string): BandwidthOptions | undefined {
  for (const form of medianForms) {
    const found = form.exec(argument);
    if (found !== null) return { medianScale: Number(found[1] ?? 1) };
  }
  const found = numberForm.exec(argument);
  return found === null ? undefined : { bandwidth: Number(found[1]) };
}

function polynomialFrom(degree: string, settings: readonly string[]): Kernel | undefined {
  if (!/^\d+$/.test(degree)) return undefined;
  const options: { gamma?: number | "1/d"; offset?: number } = {};
  for (const setting of settings) {
    const [key, value = "", ...more] = setting.split("=");
    if (more.length > 0) return undefined;
    if ((key === "gamma" || key === "γ") && options.gamma === undefined) {
      if (value !== "1/d" && !wholeNumber.test(value)) return undefined;
      options.gamma = value === "1/d" ? value : Number(value);
    } else if ((key === "offset" || key === "c") && options.offset === undefined) {
      if (!wholeNumber.test(value)) return undefined;
      options.offset = Number(value);
    } else return undefined;
  }
  return polynomial({ degree: Number(degree), ...options });
}

function kernelFrom(text: string): Kernel | undefined {
  // The short names of describeKernel are read as well: brackets stand for the colon and × for the star.
  const plain = text.trim().toLowerCase().replace(/\s+/g, "").replaceAll("×", "*");
  const bracketed = /^([a-z]+)(\d*)(?::|\()([^()]*?)(\)?)$/.exec(plain);
  if (bracketed === null) {
    const bare = { linear, cosine, rbf, laplacian };
    return Object.hasOwn(bare, plain) ? bare[plain as keyof typeof bare]() : undefined;
  }
  const [, name, digits = "", inside = "", close] = bracketed;
  if ((close === ")") !== plain.includes("(")) return undefined;
  if (name === "poly" || name === "polynomial") {
    const parts = inside.split(",");
    return digits === "" ? polynomialFrom(parts[0] ?? "", parts.slice(1)) : polynomialFrom(digits, parts);
  }
  const make = name === "rbf" ? rbf : name === "laplacian" ? laplacian : undefined;
  const bandwidth = bandwidthFrom(inside);
  return make === undefined || digits !== "" || bandwidth === undefined ? undefined : make(bandwidth);
}

/**
 * The kernel that a text such as `rbf:median*0.5` names, as the command line takes it.
 *
 * Forms: `linear`, `cosine`; `poly:P` with P the degree, optionally `,gamma=G` and `,offset=C`; `rbf` and `laplacian` alone (σ is the
 * median distance), with `:median*S` or `:Sm` (S times the median) or with `:σ` (a number in the features' units). What
 * {@link describeKernel} writes is read back to an equal kernel.
 *
 * @throws ArgumentError with code INVALID_ARGUMENT, listing the forms.
 *
 * @example
 * ```ts
 * import { parseKernel } from "gramian";
 * console.log(parseKernel("rbf:median*0.5")); // { kind: "rbf", bandwidth: { median: 0.5 } }
 * ```
 */
export function parseKernel(text: string): Kernel {
  if (typeof text !== "string") throw refusal(text);
  let kernel: Kernel | undefined;
  try {
    kernel = kernelFrom(text);
  } catch (error) {
    throw refusal(text, error);
  }
  if (kernel === undefined) throw refusal(text);
  return kernel;
}
