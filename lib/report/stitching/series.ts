import type { StitchingResult } from "../../stitching-result.ts";
import type { Marker } from "../svg/marker.ts";
import { markerPath } from "../svg/marker.ts";
import { element, escaped } from "../svg/markup.ts";
import { layerColours } from "../task/layer-colours.ts";
import { directionName } from "./names.ts";

/** The signs of directions: no two of a report have the same. */
const markers: readonly Marker[] = ["circle", "square", "up", "down", "diamond"];

export function directionMarker(index: number): Marker {
  return markers[index % markers.length]!;
}

/** A colour a direction: those of a report are few. */
export function directionColours({ directions }: StitchingResult): string[] {
  return layerColours(directions.length);
}

export interface LegendEntry {
  readonly marker: Marker;
  /** Null: the page's own. */
  readonly colour: string | null;
  readonly text: string;
}

/** What signs and colours of a chart stand for. */
export function legend(entries: readonly LegendEntry[]): string {
  const items = entries.map(({ marker, colour, text }) => {
    const sign = element("path", { d: markerPath(marker, 6, 6), fill: colour ?? "currentColor" });
    const svg = element("svg", { class: "sign-of", viewBox: "0 0 12 12", "aria-hidden": "true" }, sign);
    return `<li>${svg}${escaped(text)}</li>`;
  });
  return `<ul class="legend">${items.join("")}</ul>`;
}

/** The directions by their signs, each with what is said of it. */
export function directionLegend(
  result: StitchingResult,
  colours: readonly string[] | null,
  told: (index: number) => string,
): string {
  return legend(
    result.directions.map((direction, index) => ({
      marker: directionMarker(index),
      colour: colours?.[index] ?? null,
      text: `${directionName(result, direction)}${told(index)}`,
    })),
  );
}
