import type { FileError } from "../errors.ts";
import type { ByteStream } from "./byte-stream.ts";
import { maxNpyHeader } from "./limits.ts";
import { type NpyDType, npyDType } from "./npy-dtype.ts";
import { parsePythonLiteral, PythonDict, PythonSyntaxError, type PythonValue } from "./python-literal.ts";
import { elementCount } from "./shape.ts";

/** The first six bytes of a .npy file. */
export const npyMagic: readonly number[] = [0x93, ...Buffer.from("NUMPY")];

export interface NpyHeader {
  readonly type: NpyDType;
  readonly shape: readonly number[];
  readonly fortranOrder: boolean;
  /** Bytes before the first element. */
  readonly headerBytes: number;
  /** Bytes of elements; all that follow where the header does not tell. */
  readonly dataBytes: number;
}

type Refuse = (position: number, problem: string, cause?: unknown) => FileError;

interface HeaderText {
  readonly text: string;
  /** Where the data begins. */
  readonly end: number;
  /** The byte at which a character of the text stands. */
  byteOf(position: number): number;
}

async function readText(stream: ByteStream, refuse: Refuse, signal?: AbortSignal): Promise<HeaderText> {
  const take = async (position: number, length: number): Promise<Buffer> => {
    if (position + length > stream.length) {
      const problem = `the header is cut short: ${length} bytes are needed from here, ${stream.length - position} are left.`;
      throw refuse(position, problem);
    }
    const bytes = Buffer.alloc(length);
    await stream.take(bytes, signal);
    return bytes;
  };

  const start = await take(0, npyMagic.length + 2);
  if (npyMagic.some((byte, k) => start[k] !== byte)) {
    throw refuse(0, "these are not the first bytes of a .npy file (\\x93NUMPY).");
  }
  const major = start[6] ?? 0;
  const minor = start[7] ?? 0;
  if (major < 1 || major > 3 || minor !== 0) {
    throw refuse(6, `version ${major}.${minor} of the .npy format is not known; 1.0, 2.0 and 3.0 are read.`);
  }
  const lengthBytes = major === 1 ? 2 : 4;
  const textStart = start.length + lengthBytes;
  const textLength = (await take(start.length, lengthBytes)).readUIntLE(0, lengthBytes);
  if (textLength > maxNpyHeader) {
    throw refuse(start.length, `the header claims to be ${textLength} bytes long; at most ${maxNpyHeader} are read.`);
  }
  const bytes = await take(textStart, textLength);
  const end = textStart + textLength;
  if (major < 3) return { text: bytes.toString("latin1"), end, byteOf: (position) => textStart + position };
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, end, byteOf: (position) => textStart + Buffer.byteLength(text.slice(0, position)) };
  } catch (cause) {
    throw refuse(textStart, "the header is not valid UTF-8.", cause);
  }
}

function parseDict({ text, byteOf }: HeaderText, refuse: Refuse): PythonDict {
  let value: PythonValue;
  try {
    value = parsePythonLiteral(text);
  } catch (cause) {
    if (!(cause instanceof PythonSyntaxError)) throw cause;
    throw refuse(byteOf(cause.position), `the header is malformed: ${cause.message}.`, cause);
  }
  if (!(value instanceof PythonDict)) throw refuse(byteOf(0), "the header is not a dictionary.");
  for (const [key, { position }] of value.entries) {
    if (key !== "descr" && key !== "fortran_order" && key !== "shape") {
      throw refuse(byteOf(position), `the header has a key that is none of descr, fortran_order and shape.`);
    }
  }
  return value;
}

function isShape(value: PythonValue | undefined): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => typeof size === "number");
}

/** Reads the header off the start of a stream and checks it against the stream's length. */
export async function readNpyHeader(stream: ByteStream, signal?: AbortSignal): Promise<NpyHeader> {
  const refuse: Refuse = (position, problem, cause) => stream.corrupt(position, problem, cause);
  const header = await readText(stream, refuse, signal);
  const { entries } = parseDict(header, refuse);
  const position = (key: string): number => header.byteOf(entries.get(key)?.position ?? 0);

  const descr = entries.get("descr");
  const type = descr === undefined ? null : npyDType(descr.value, descr.source);
  if (type === null) throw refuse(position("descr"), "the header has no descr that names an element type.");
  const fortranOrder = entries.get("fortran_order")?.value;
  if (typeof fortranOrder !== "boolean") {
    throw refuse(position("fortran_order"), "the header has no fortran_order that is True or False.");
  }
  const shape = entries.get("shape")?.value;
  if (!isShape(shape)) throw refuse(position("shape"), "the header has no shape that is a tuple of whole numbers.");

  const { count, problem } = elementCount(shape, type.itemBytes ?? 1);
  if (count === null) throw refuse(position("shape"), problem);
  const follow = stream.length - header.end;
  const dataBytes = type.itemBytes === null ? follow : count * type.itemBytes;
  if (dataBytes !== follow) {
    const claim = `the shape (${shape.join(", ")}) of ${type.text} needs ${dataBytes} bytes`;
    const more = follow > dataBytes ? " One array a file is read." : "";
    throw refuse(position("shape"), `${claim}, but ${follow} follow the header.${more}`);
  }
  return { type, shape, fortranOrder, headerBytes: header.end, dataBytes };
}
