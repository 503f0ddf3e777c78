import { checkSignal, checkString } from "../check.ts";
import { type ByteSource, readFully } from "./byte-source.ts";
import { corruptFile, unsupportedFormat } from "./file-error.ts";
import { FileSource } from "./file-source.ts";
import { foreignProblem, isPickle, magicBytes, startsWith } from "./foreign-format.ts";
import { npyMagic } from "./npy-header.ts";
import { openNpy } from "./npy.ts";
import { openNpz } from "./npz.ts";
import { openSafetensors } from "./safetensors.ts";
import type { ReadOptions, TensorFile } from "./tensor-file.ts";

const brace = 0x7b;
// An archive begins with an entry; an empty one is nothing but its end record.
const zipMagics = [
  [0x50, 0x4b, 3, 4],
  [0x50, 0x4b, 5, 6],
];

type Opener = (source: ByteSource, options: ReadOptions) => Promise<TensorFile>;

function openerFor(head: Uint8Array): Opener | null {
  if (startsWith(head, npyMagic)) return openNpy;
  if (zipMagics.some((magic) => startsWith(head, magic))) return openNpz;
  // A .safetensors file has no magic bytes: its header's length takes eight, then the header opens. A length below 2^32 has zeros
  // there, which no pickle has.
  const braced = head[8] === brace;
  const shortHeader = startsWith(head, [0, 0, 0, 0], 4);
  if (braced && (shortHeader || !isPickle(head))) return openSafetensors;
  return null;
}

/** What a file that no reader knows might have been: then it is damaged rather than foreign. */
function damagedProblem(head: Uint8Array): string | null {
  const cutShort = [npyMagic, ...zipMagics].some(
    (magic) => head.length < magic.length && startsWith(head, magic.slice(0, head.length)),
  );
  if (cutShort) return `the file ends after ${head.length} bytes.`;
  if (head.length < 9) return `the file has only ${head.length} bytes, too few for any format that is read.`;
  return null;
}

/** Finds out what a source holds, by its first bytes, and reads its header. The source is the file's from then on. */
export async function openSource(source: ByteSource, options: ReadOptions = {}): Promise<TensorFile> {
  const file = source.path;
  if (source.size === 0) throw corruptFile({ file, byte: 0 }, "the file is empty.");
  const head = new Uint8Array(Math.min(magicBytes, source.size));
  await readFully(source, head, 0, options);
  const opener = openerFor(head);
  if (opener !== null) return await opener(source, options);
  // The ending does not decide what a file is, but it tells what its owner takes it for, and so which error helps.
  if (file.toLowerCase().endsWith(".safetensors") && !isPickle(head)) return await openSafetensors(source, options);
  const damaged = isPickle(head) ? null : damagedProblem(head);
  if (damaged !== null) throw corruptFile({ file, byte: head.length }, damaged);
  throw unsupportedFormat(file, foreignProblem(file, head));
}

/**
 * Opens a file of tensors: .safetensors, .npy or .npz, told apart by their first bytes, whatever the file is called. Only headers are
 * read; what they claim is checked against each other and the file's size before anything is allocated. Close it when done.
 *
 * @param path The file.
 * @param options `signal` aborts the opening; the promise then rejects with the signal's reason.
 * @throws FileError FILE_ACCESS when the system refuses, UNSUPPORTED_FORMAT for other formats (with how to convert, for the common
 * ones; pickles are never loaded), CORRUPT_FILE when the header lies or is cut short.
 *
 * @example
 * ```ts
 * import { openTensorFile } from "gramian";
 * const file = await openTensorFile("examples/mnist/cnn.safetensors");
 * const { data, shape } = await file.read("fc1");
 * await file.close();
 * console.log(shape, data.length); // [ 1000, 96 ] 96000
 * ```
 */
export async function openTensorFile(path: string, options: ReadOptions = {}): Promise<TensorFile> {
  checkString(path, "path");
  if (options.signal !== undefined) checkSignal(options.signal, "signal");
  const source = await FileSource.open(path);
  try {
    return await openSource(source, options);
  } catch (error) {
    // What went wrong first is what its caller needs to know.
    await source.close().catch(() => undefined);
    throw error;
  }
}
