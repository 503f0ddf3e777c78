import { Representation } from "../../representation.ts";
import type { Model } from "./model.ts";

export interface ReadLayersOptions {
  /** Patterns for files that have none of their own. */
  readonly layers: readonly string[] | undefined;
  readonly layerAxis: 0 | 1 | 2 | undefined;
  readonly flatten: boolean;
  readonly rows: Uint32Array | undefined;
  readonly signal: AbortSignal;
  /** Told before each file. */
  readonly onFile: (path: string) => void;
}

/** A reader of models that reads a file once, however often it is named. */
export function layerReader(options: ReadLayersOptions): (model: Model) => Promise<Representation[]> {
  const known = new Map<string, Promise<Representation[]>>();
  const { layerAxis, flatten, rows, signal } = options;
  return async (model) => {
    const layers: Representation[] = [];
    for (const file of model.files) {
      const pattern = file.layers ?? options.layers;
      const key = JSON.stringify([file.path, pattern]);
      let reading = known.get(key);
      if (reading === undefined) {
        options.onFile(file.path);
        reading = Representation.loadAll(file.path, pattern, {
          source: model.name,
          ...(flatten ? { flatten } : {}),
          ...(layerAxis === undefined ? {} : { layerAxis }),
          ...(rows === undefined ? {} : { rows }),
          signal,
        });
        known.set(key, reading);
      }
      layers.push(...(await reading));
    }
    return layers;
  };
}
