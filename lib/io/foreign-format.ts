import { basename, extname } from "node:path";

import { shownPath } from "./quoted.ts";

interface ForeignFormat {
  readonly name: string;
  readonly magic: readonly number[];
  readonly at?: number;
  readonly advice: string;
}

function ascii(text: string): number[] {
  return [...Buffer.from(text, "latin1")];
}

const toNpz = "np.savez('layers.npz', **arrays)";

/** What people save activations as that is not read, with the way from there to a format that is. */
const foreignFormats: readonly ForeignFormat[] = [
  {
    name: "an HDF5 file",
    magic: ascii("\x89HDF\r\n\x1a\n"),
    advice: `In Python: f = h5py.File(path); arrays = {k: f[k][()] for k in f}; ${toNpz}.`,
  },
  {
    name: "a Parquet file",
    magic: ascii("PAR1"),
    advice: `In Python: t = pyarrow.parquet.read_table(path); arrays = {c: np.stack(t[c].to_numpy()) for c in t.column_names}; ${toNpz}.`,
  },
  {
    name: "an Arrow file",
    magic: ascii("ARROW1"),
    advice: `In Python: t = pyarrow.ipc.open_file(path).read_all(); arrays = {c: np.stack(t[c].to_numpy()) for c in t.column_names}; ${toNpz}.`,
  },
  {
    name: "a Feather file",
    magic: ascii("FEA1"),
    advice: `In Python: t = pyarrow.feather.read_table(path); arrays = {c: np.stack(t[c].to_numpy()) for c in t.column_names}; ${toNpz}.`,
  },
  {
    name: "a MATLAB file",
    magic: ascii("MATLAB 5.0 MAT-file"),
    advice: `In Python: m = scipy.io.loadmat(path); arrays = {k: v for k, v in m.items() if not k.startswith('__')}; ${toNpz}.`,
  },
  {
    name: "a GGUF file of weights",
    magic: ascii("GGUF"),
    advice: "It holds a model, not its activations: run the model and save those.",
  },
  { name: "compressed with gzip", magic: [0x1f, 0x8b], advice: "Decompress it first: gzip -d." },
  { name: "compressed with Zstandard", magic: [0x28, 0xb5, 0x2f, 0xfd], advice: "Decompress it first: zstd -d." },
  { name: "compressed with xz", magic: [0xfd, ...ascii("7zXZ"), 0], advice: "Decompress it first: xz -d." },
  { name: "compressed with bzip2", magic: ascii("BZh"), advice: "Decompress it first: bzip2 -d." },
  { name: "a 7-Zip archive", magic: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], advice: "Unpack it first." },
  { name: "a tar archive", magic: ascii("ustar"), at: 257, advice: "Unpack it first: tar -xf." },
];

/** Bytes from the start of a file that are enough to tell its format. */
export const magicBytes = 262;

export function startsWith(bytes: Uint8Array, magic: readonly number[], at = 0): boolean {
  return magic.every((byte, k) => bytes[at + k] === byte);
}

const readable = "Files that are read: .safetensors, .npy and .npz.";

/** Why a pickle is refused, and how to turn it into something that is read. */
export function pickleProblem(file: string): string {
  const name = basename(file);
  const python = (text: string): string => shownPath(`'${text.replace(/[\\']/g, "\\$&")}'`);
  const target = `${basename(file, extname(file))}.safetensors`;
  return (
    "it is a Python pickle (.pt, .pth, .pkl); loading one can run code, so it is refused. Convert it in Python: " +
    `t = torch.load(${python(name)}, weights_only=True), then ` +
    `safetensors.torch.save_file({'feats': t['feats']}, ${python(target)}), or numpy.save for one array.`
  );
}

const pickleEndings = new Set([".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".joblib"]);

/** Whether these bytes begin a pickle of protocol 2 to 5, legacy torch.save files (80 02 8a 0a) among them. */
export function isPickle(head: Uint8Array): boolean {
  const protocol = head[1] ?? 0;
  return head[0] === 0x80 && protocol >= 2 && protocol <= 5;
}

/** What to say of a file that is in none of the formats that are read. */
export function foreignProblem(file: string, head: Uint8Array): string {
  const found = foreignFormats.find(({ magic, at }) => startsWith(head, magic, at));
  if (found !== undefined) return `it is ${found.name}, which is not read. ${found.advice} ${readable}`;
  // Pickles of protocol 0 are plain text, and nothing but the ending gives them away.
  if (isPickle(head) || pickleEndings.has(extname(file).toLowerCase())) return pickleProblem(file);
  const bytes = [...head.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return `its first bytes (${bytes}) belong to no format that is known. ${readable}`;
}
