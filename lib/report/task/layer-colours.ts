import { colourOf, hexColour } from "../colours.ts";
import type { Scale } from "../scale.ts";

/** Told apart on white and on near-black (Tableau's ten). */
const distinct = [
  "#4e79a7",
  "#f28e2b",
  "#e15759",
  "#59a14f",
  "#b07aa1",
  "#76b7b2",
  "#d4a72c",
  "#ff7f9f",
  "#9c755f",
  "#8a8f94",
];

/** A colour a layer: different hues for a few, and for many a ramp in the order of the layers, without the ends that vanish into the ground. */
export function layerColours(count: number): string[] {
  if (count <= distinct.length) return distinct.slice(0, count);
  const ramp: Scale = { id: "full", low: 0, high: 1, logarithmic: false };
  return Array.from({ length: count }, (_, i) => `#${hexColour(colourOf(0.18 + (0.72 * i) / (count - 1), ramp))}`);
}
