/** Bounds on what a file may ask for before any of it is believed. Honest files are far below all of them. */

/** Bytes moved between two looks at the abort signal. */
export const chunkBytes = 8 * 2 ** 20;

/** Bytes rearranged in one go on the event loop, where it is done element by element: about two milliseconds. */
export const scatterBytes = 2 ** 20;

/** The .safetensors format's own bound. */
export const maxSafetensorsHeader = 100_000_000;

/** Version 1 of .npy cannot say more than 65535; versions 2 and 3, meant for records of many fields, could say 4 GiB. */
export const maxNpyHeader = 2 ** 20;

export const maxZipDirectory = 64 * 2 ** 20;

export const maxTensors = 200_000;

/** Characters of a tensor's name. Matching a glob takes time that grows with a power of this. */
export const maxNameLength = 1024;

/** NumPy allows 64 axes, the other writers fewer. */
export const maxRank = 64;

/** DEFLATE spends at least two bits on a run of 258 bytes, so no honest entry grows by more than this factor. */
export const maxInflation = 1032;
