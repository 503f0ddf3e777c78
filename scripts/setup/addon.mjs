// Step: the addon, built when its sources changed.
import { must } from "./command.mjs";
import { inRoot } from "./paths.mjs";

const flags = { "cmake-js": [], "node-gyp": ["--gyp"] };

/** Where node-gyp puts the addon. */
export const gypAddon = inRoot("build", "Release", "gramian.node");

/** Builds the addon with cmake-js or node-gyp; says what came of it. */
export async function ensureAddon(say, builder) {
  say(`with ${builder}, where sources changed`);
  const args = [inRoot("scripts", "build-native.mjs"), ...flags[builder]];
  const output = await must(`addon-${builder}`, process.execPath, args);
  return output.trimEnd().split("\n").at(-1);
}
