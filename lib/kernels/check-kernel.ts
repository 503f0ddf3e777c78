import { checkOneOf, checkOptions, expected } from "../check.ts";
import { cosine } from "./cosine.ts";
import type { Kernel } from "./kernel.ts";
import { laplacian } from "./laplacian.ts";
import { linear } from "./linear.ts";
import { polynomial, type PolynomialOptions } from "./polynomial.ts";
import { rbf } from "./rbf.ts";

function distanceKernel(make: typeof rbf, value: object, name: string): Kernel {
  const { bandwidth } = checkOptions(value, name, ["kind", "bandwidth"]);
  if (typeof bandwidth === "object" && bandwidth !== null) {
    const { median } = checkOptions(bandwidth, `${name}.bandwidth`, ["median"]);
    // A missing median is not the default here: the object says that there is one.
    return make({ medianScale: (median === undefined ? Number.NaN : median) as number });
  }
  return make({ bandwidth: (bandwidth === undefined ? Number.NaN : bandwidth) as number });
}

/**
 * The value as a kernel, checked as its own factory checks it and copied: kernels are plain data, so they may come from a file
 * or a hand.
 *
 * @throws ArgumentError with code INVALID_ARGUMENT.
 */
export function checkKernel(value: unknown, name: string): Kernel {
  if (typeof value !== "object" || value === null) {
    throw expected("a kernel, such as linear() or rbf({ medianScale: 0.5 }),", name, value);
  }
  const kinds: readonly Kernel["kind"][] = ["linear", "cosine", "polynomial", "rbf", "laplacian"];
  const kind = checkOneOf((value as { kind?: unknown }).kind, `${name}.kind`, kinds);
  switch (kind) {
    case "linear":
    case "cosine":
      checkOptions(value, name, ["kind"]);
      return kind === "linear" ? linear() : cosine();
    case "polynomial": {
      const options = checkOptions(value, name, ["kind", "degree", "gamma", "offset"]);
      const { degree, gamma, offset } = options;
      return polynomial({ degree, gamma, offset } as PolynomialOptions);
    }
    case "rbf":
      return distanceKernel(rbf, value, name);
    case "laplacian":
      return distanceKernel(laplacian, value, name);
  }
}
