import { ArgumentError } from "../../errors.ts";
import type { Network } from "../../heads/head.ts";
import { quoted } from "../../io/quoted.ts";
import type { Representation } from "../../representation.ts";

/** A network with its features at some stitch points, and what was passed over. */
export interface StitchableLayers {
  readonly network: Network;
  /** In order of depth. */
  readonly layers: readonly Representation[];
  readonly notes: readonly string[];
}

/**
 * The layers that are stitch points of the network, in its order.
 *
 * @throws ArgumentError NO_SUCH_POINT when none is.
 */
export function stitchableLayers(network: Network, found: readonly Representation[]): StitchableLayers {
  const layers = network.points.flatMap((point) => found.filter(({ name }) => name === point));
  if (layers.length === 0) {
    throw new ArgumentError(
      "NO_SUCH_POINT",
      `Expected layers named after the stitch points of ${network.name} (${network.points.join(", ")}) but received ${found.map(({ name }) => quoted(name)).join(", ")}.`,
      { points: network.points, layers: found.map(({ name }) => name) },
    );
  }
  const left = found.filter(({ name }) => !network.points.includes(name));
  const notes =
    left.length === 0
      ? []
      : [
          `${network.name}: left out ${left.map(({ name }) => quoted(name)).join(", ")}, no stitch points of the network`,
        ];
  return { network, layers, notes };
}
