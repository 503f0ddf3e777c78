import { ArgumentError } from "../../errors.ts";
import { fileError } from "../../io/file-error.ts";
import { openTensorFile } from "../../io/open.ts";
import { matchNames } from "../../io/pattern.ts";
import { quoted, shownPath } from "../../io/quoted.ts";
import type { TensorFile, TensorInfo } from "../../io/tensor-file.ts";
import type { Model, ModelFile } from "./model.ts";

/** What the header of a file says, before a single element is read. */
export interface SurveyedFile {
  readonly path: string;
  /** The tensors to read, in the file's order. */
  readonly tensors: readonly string[];
  /** The rows that every one of them has. */
  readonly samples: number;
  /** Tensors that nobody asked for and that cannot be layers, each with the reason. */
  readonly leftOut: readonly string[];
}

export interface SurveyOptions {
  /** Patterns for files that have none of their own. */
  readonly layers: readonly string[] | undefined;
  readonly layerAxis: number | undefined;
  readonly signal: AbortSignal;
}

/** The key under which a survey keeps a file: the same file under other patterns is another entry. */
export function surveyKey(file: ModelFile): string {
  return JSON.stringify([file.path, file.layers]);
}

/**
 * Looks at the headers of all files, so that what is missing, broken or of another length is found before gigabytes are read.
 *
 * @throws FileError as opening does; ArgumentError SHAPE_MISMATCH when two tensors differ in their samples.
 */
export async function survey(models: readonly Model[], options: SurveyOptions): Promise<Map<string, SurveyedFile>> {
  const found = new Map<string, SurveyedFile>();
  for (const file of models.flatMap((model) => model.files)) {
    const key = surveyKey(file);
    if (!found.has(key)) found.set(key, await surveyFile(file, options));
  }
  const files = [...found.values()];
  const first = files[0];
  const other = files.find(({ samples }) => samples !== first?.samples);
  if (first !== undefined && other !== undefined) throw differing(lengthOf(first), lengthOf(other), first, other);
  return found;
}

async function surveyFile({ path, layers }: ModelFile, options: SurveyOptions): Promise<SurveyedFile> {
  const file = await openTensorFile(path, { signal: options.signal });
  try {
    const patterns = layers === null ? options.layers : [layers];
    const names = file.tensors.map(({ name }) => name);
    const asked = patterns && new Set(patterns.flatMap((pattern) => matchNames(names, pattern, path)));
    // What was asked for is read or refused by name; of all the rest only what can be a layer is taken.
    const wanted = file.tensors.filter((info) =>
      asked === undefined ? whyNoLayer(info) === null : asked.has(info.name),
    );
    const ignored = asked === undefined ? file.tensors.flatMap((info) => leftOut(info)) : [];
    if (wanted.length === 0) throw fileError("NO_SUCH_TENSOR", { file: path }, noLayers(ignored));
    return {
      path,
      tensors: wanted.map(({ name }) => name),
      samples: commonSamples(file, wanted, options.layerAxis),
      leftOut: ignored,
    };
  } finally {
    await file.close();
  }
}

function noLayers(ignored: readonly string[]): string {
  const problem = "there is no tensor of floating-point numbers with rank 2 or more.";
  return ignored.length === 0 ? problem : `${problem} It holds ${ignored.slice(0, 5).join(", ")}.`;
}

function commonSamples(file: TensorFile, tensors: readonly TensorInfo[], layerAxis: number | undefined): number {
  const axis = layerAxis === 0 ? 1 : 0;
  const [first, ...more] = tensors;
  const samples = first?.shape[axis] ?? 0;
  const other = more.find(({ shape }) => shape[axis] !== samples);
  if (first !== undefined && other !== undefined) {
    throw differing(
      `${samples} in ${quoted(first.name)}`,
      `${other.shape[axis] ?? 0} in ${quoted(other.name)}`,
      file,
      file,
    );
  }
  return samples;
}

function lengthOf({ path, samples }: SurveyedFile): string {
  return `${samples} in ${shownPath(path)}`;
}

function differing(one: string, another: string, ...files: readonly { readonly path: string }[]): ArgumentError {
  const where = files[0] === files[1] ? ` of ${shownPath(files[0]?.path ?? "")}` : "";
  return new ArgumentError(
    "SHAPE_MISMATCH",
    `Expected the same samples, row for row, in every layer but received ${one} and ${another}${where}.`,
    { files: files.map(({ path }) => path) },
  );
}

function whyNoLayer({ dtype, fileDtype, shape }: TensorInfo): string | null {
  if (dtype === null) return fileDtype;
  return shape.length < 2 ? `rank ${shape.length}` : null;
}

function leftOut(info: TensorInfo): string[] {
  const why = whyNoLayer(info);
  return why === null ? [] : [`${quoted(info.name)} (${why})`];
}
