import { openTensorFile } from "../../io/open.ts";
import { matchNames } from "../../io/pattern.ts";
import { sample } from "../../random.ts";
import { UsageError } from "../usage-error.ts";
import type { Model } from "./model.ts";

/** How many samples the first layer of the first file has; what the others have is checked when they are compared. */
async function samplesOf(
  model: Model,
  layers: readonly string[] | undefined,
  layerAxis: number | undefined,
): Promise<number> {
  const { path, layers: own } = model.files[0]!;
  const patterns = own === null ? layers : [own];
  const file = await openTensorFile(path);
  try {
    const usable = file.tensors.filter(({ dtype, shape }) => dtype !== null && shape.length >= 2);
    const names = patterns?.flatMap((pattern) =>
      matchNames(
        usable.map(({ name }) => name),
        pattern,
        path,
      ),
    );
    const first = names === undefined ? usable[0] : usable.find(({ name }) => names.includes(name));
    return first?.shape[layerAxis === 0 ? 1 : 0] ?? 0;
  } finally {
    await file.close();
  }
}

/**
 * The seeded sample of rows that `--rows` asks for, in rising order.
 *
 * @throws UsageError when there are not so many.
 */
export async function sampleRows(
  count: number,
  seed: number,
  model: Model,
  layers: readonly string[] | undefined,
  layerAxis: number | undefined,
): Promise<Uint32Array> {
  const samples = await samplesOf(model, layers, layerAxis);
  if (samples > 0 && count > samples) {
    throw new UsageError(`Expected at most ${samples} for --rows, the number of samples, but received ${count}.`);
  }
  return sample(samples, count, seed);
}
