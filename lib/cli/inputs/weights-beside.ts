import { existsSync } from "node:fs";
import path from "node:path";

import { FileError } from "../../errors.ts";

/**
 * The weights of a network whose activations are in `place`: what was typed, or `X.weights.safetensors` beside `X.safetensors`. `option` is
 * what would say so.
 *
 * @throws FileError FILE_ACCESS when nothing was typed and nothing is there.
 */
export function weightsBeside(place: string, typed: string | undefined, option: string): string {
  if (typed !== undefined) return typed;
  const { dir, name } = path.parse(place);
  const beside = path.join(dir, `${name}.weights.safetensors`);
  if (existsSync(beside)) return beside;
  throw new FileError(
    "FILE_ACCESS",
    `Expected the weights of the network of ${place} at ${beside}, since ${option} says nothing of them, but there is no such file.`,
    { file: beside },
  );
}
