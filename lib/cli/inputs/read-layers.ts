import path from "node:path";

import { Representation } from "../../representation.ts";
import type { Model, ModelFile } from "./model.ts";
import { type SurveyedFile, surveyKey } from "./survey.ts";

export interface ReadLayersOptions {
  /** What {@link survey} found in the models' files. */
  readonly surveyed: ReadonlyMap<string, SurveyedFile>;
  readonly layerAxis: 0 | 1 | 2 | undefined;
  readonly flatten: boolean;
  readonly rows: Uint32Array | undefined;
  readonly signal: AbortSignal;
  /** Told before each file, and after each of its tensors. */
  readonly onFile: (path: string) => void;
  readonly onTensor: () => void;
}

/** A reader of models that reads a file once, however often it is named. */
export function layerReader(options: ReadLayersOptions): (models: readonly Model[]) => Promise<Representation[]> {
  const known = new Map<string, Representation[]>();
  const { surveyed, layerAxis, flatten, rows, signal } = options;

  const read = async (file: ModelFile, source: string): Promise<Representation[]> => {
    const tensors = surveyed.get(surveyKey(file))?.tensors ?? [];
    options.onFile(file.path);
    return await Representation.loadAll(file.path, tensors.length === 0 ? undefined : tensors, {
      source,
      ...(flatten ? { flatten } : {}),
      ...(layerAxis === undefined ? {} : { layerAxis }),
      ...(rows === undefined ? {} : { rows }),
      signal,
      onTensor: options.onTensor,
    });
  };

  return async (models) => {
    const layers: Representation[] = [];
    for (const model of models) {
      const ambiguous = hasNamesakes(model, surveyed);
      for (const file of model.files) {
        const source = ambiguous ? `${model.name}/${path.parse(file.path).name}` : model.name;
        const key = `${source}\n${surveyKey(file)}`;
        const found = known.get(key) ?? (await read(file, source));
        known.set(key, found);
        layers.push(...found);
      }
    }
    return layers;
  };
}

/** Whether two files of a model hold tensors of one name (`arr_0`, one a file): then only the file tells the layers apart. */
function hasNamesakes(model: Model, surveyed: ReadonlyMap<string, SurveyedFile>): boolean {
  const names = model.files.flatMap((file) => surveyed.get(surveyKey(file))?.tensors ?? []);
  return new Set(names).size < names.length;
}
