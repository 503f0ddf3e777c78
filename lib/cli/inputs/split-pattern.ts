import { existsSync } from "node:fs";

/** What was typed for one input: a path (or a glob of paths), and the layers wanted of it. */
export interface TypedInput {
  readonly path: string;
  /** After the last `#`; null where nothing was said. */
  readonly layers: string | null;
}

/** Splits `acts/a.safetensors#blocks.*` at the last `#`. A file that is really named so is taken whole. */
export function splitPattern(text: string): TypedInput {
  const at = text.lastIndexOf("#");
  if (at < 1 || existsSync(text)) return { path: text, layers: null };
  const layers = text.slice(at + 1);
  return { path: text.slice(0, at), layers: layers === "" ? null : layers };
}
