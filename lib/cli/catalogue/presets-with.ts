import { presets } from "../../metrics/presets.ts";

/** The presets that ask for a metric, in some variant. */
export function presetsWith(id: string): string[] {
  return Object.entries(presets).flatMap(([preset, names]) =>
    names.some((name) => name === id || name.startsWith(`${id}.`)) ? [preset] : [],
  );
}
