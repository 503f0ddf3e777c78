import { hexColour, palette } from "../colours.ts";
import type { PageScale } from "../page-data.ts";
import type { Scale } from "../scale.ts";

/** The palettes of a page, each once. */
export class Palettes {
  readonly #indices = new Map<string, number>();

  get all(): string[] {
    return [...this.#indices.keys()];
  }

  /** The scale with the number of its palette; `turned` runs the colours from high to low. */
  scale(scale: Scale, turned: boolean = false): PageScale {
    const colours = palette(scale).map(hexColour);
    const text = (turned ? colours.toReversed() : colours).join("");
    const index = this.#indices.get(text) ?? this.#indices.size;
    this.#indices.set(text, index);
    return { ...scale, palette: index };
  }
}
