/** The names of the presets, apart from what they hold: `--help` names them without loading every metric. */
export const presetNames = ["paper", "platonic", "cka", "shape", "independence"] as const;

/** The name of a preset: `"paper"`, `"platonic"`, `"cka"`, `"shape"` or `"independence"`. */
export type PresetName = (typeof presetNames)[number];
