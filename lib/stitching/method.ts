import { ArgumentError } from "../errors.ts";
import { checkSides, type Sides } from "./check-sides.ts";
import type { NoStitcher, Stitcher, StitcherKind, StitcherMethod } from "./stitcher.ts";

/** Fits every source to every target: sources × targets. */
export type FitAll = (sides: Sides) => Promise<(Stitcher | NoStitcher)[][]>;

/** A method with its checks, from the function that fits all pairs. */
export function makeMethod(kind: StitcherKind, name: string, fitAll: FitAll): StitcherMethod {
  return Object.freeze<StitcherMethod>({
    kind,
    name,
    fit: async (source, target, options) => {
      const [row] = await fitAll(checkSides([source], [target], options, "fit"));
      const fitted = row![0]!;
      if ("reason" in fitted) throw new ArgumentError("INVALID_ARGUMENT", `No stitcher ${name}: ${fitted.reason}.`);
      return fitted;
    },
    fitAll: async (sources, targets, options) => await fitAll(checkSides(sources, targets, options, "fitStitchers")),
  });
}

/** `ridge(lambda=0.1, bias=false)`, or the bare kind where nothing is set. */
export function nameOf(kind: StitcherKind, settings: readonly string[]): string {
  return settings.length === 0 ? kind : `${kind}(${settings.join(", ")})`;
}
