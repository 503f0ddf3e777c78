import path from "node:path";
import { findFiles } from "./find-files.ts";
import type { Model, ModelFile } from "./model.ts";
import { named } from "./model.ts";
import { splitPattern } from "./split-pattern.ts";

interface Draft {
  readonly place: string;
  readonly files: ModelFile[];
}

/**
 * Groups what was typed into models. A .safetensors or .npz file is a model, and so is a directory. A lone .npy file is one
 * layer, so the .npy files of one directory make one model together, whether the shell wrote them out or the user quoted the
 * glob. With `stacks` a .npy file holds many layers and is a model by itself.
 */
export async function findModels(typed: readonly string[], stacks: boolean): Promise<Model[]> {
  const drafts = new Map<string, Draft>();
  const add = (key: string, place: string, file: ModelFile): void => {
    const draft = drafts.get(key);
    if (draft === undefined) drafts.set(key, { place, files: [file] });
    else if (!draft.files.some((one) => one.path === file.path && one.layers === file.layers)) draft.files.push(file);
  };
  for (const text of typed) {
    const { path: where, layers } = splitPattern(text);
    const found = await findFiles(where);
    for (const file of found.files) {
      const single = !stacks && /\.npy$/i.test(file);
      if (found.kind === "directory") add(`in ${path.resolve(where)}`, where, { path: file, layers });
      else if (single) add(`in ${path.resolve(path.dirname(file))}`, path.dirname(file), { path: file, layers });
      // Different layers of one file are different models: a#early a#late.
      else add(`of ${path.resolve(file)}#${layers ?? ""}`, file, { path: file, layers });
    }
  }
  return named([...drafts.values()]);
}
