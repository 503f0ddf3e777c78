import type { FileError } from "../errors.ts";
import { corruptFile } from "./file-error.ts";
import { JsonCursor } from "./json-cursor.ts";
import { maxNameLength, maxRank, maxTensors } from "./limits.ts";
import { quoted } from "./quoted.ts";
import { safetensorsDTypes } from "./safetensors-dtype.ts";
import { elementCount } from "./shape.ts";
import type { TensorInfo } from "./tensor-file.ts";

/** The header's first byte in the file, after its length. */
export const headerStart = 8;

/** One entry of the header, before its claims are checked. */
interface Claim {
  readonly name: string;
  /** Where in the file the entry stands. */
  readonly byte: number;
  readonly fileDtype: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** What a header says. */
export interface SafetensorsHeader {
  readonly tensors: TensorInfo[];
  readonly metadata: ReadonlyMap<string, string>;
}

type Refuse = (byte: number, problem: string, tensor?: string) => FileError;

function readIntegers(cursor: JsonCursor, most: number, refuse: (problem: string) => FileError): number[] {
  const integers: number[] = [];
  cursor.array(() => {
    if (integers.length === most) throw refuse(`the list has more than ${most} numbers.`);
    integers.push(cursor.integer());
  });
  return integers;
}

function readClaim(cursor: JsonCursor, name: string, byte: number, refuse: Refuse): Claim {
  let fileDtype: string | undefined;
  let shape: number[] | undefined;
  let offsets: number[] | undefined;
  const tooMany = (problem: string): FileError => refuse(headerStart + cursor.position, problem, name);
  cursor.object((key) => {
    if (key === "dtype") fileDtype = cursor.string();
    else if (key === "shape") shape = readIntegers(cursor, maxRank, tooMany);
    else if (key === "data_offsets") offsets = readIntegers(cursor, 2, tooMany);
    else cursor.skip();
  });
  const missing = [
    fileDtype === undefined ? "dtype" : "",
    shape === undefined ? "shape" : "",
    offsets?.length === 2 ? "" : "data_offsets of two numbers",
  ].filter((text) => text !== "");
  const [begin, end] = offsets ?? [];
  if (fileDtype === undefined || shape === undefined || begin === undefined || end === undefined) {
    throw refuse(byte, `the entry has no ${missing.join(" and no ")}.`, name);
  }
  return { name, byte, fileDtype, shape, begin, end };
}

/** Pairs of texts; what else writers put there is looked at no further. */
function readMetadata(cursor: JsonCursor, metadata: Map<string, string>): void {
  if (cursor.next !== "{") return cursor.skip();
  cursor.object((key) => {
    if (cursor.next === '"') metadata.set(key, cursor.string());
    else cursor.skip();
  });
}

interface Claims {
  readonly claims: readonly Claim[];
  readonly metadata: ReadonlyMap<string, string>;
}

function readClaims(text: Uint8Array, refuse: Refuse): Claims {
  const claims: Claim[] = [];
  const metadata = new Map<string, string>();
  let current: string | undefined;
  const cursor = new JsonCursor(text, (position, problem) => refuse(headerStart + position, problem, current));
  cursor.object((name, position) => {
    if (name === "__metadata__") return readMetadata(cursor, metadata);
    const byte = headerStart + position;
    if (name.length > maxNameLength) throw refuse(byte, `a tensor's name is longer than ${maxNameLength} characters.`);
    if (claims.length === maxTensors) throw refuse(byte, `there are more than ${maxTensors} tensors.`);
    current = name;
    claims.push(readClaim(cursor, name, byte, refuse));
    current = undefined;
  });
  cursor.end();
  return { claims, metadata };
}

function checkSize({ name, byte, fileDtype, shape, begin, end }: Claim, dataLength: number, refuse: Refuse): void {
  if (begin > end || end > dataLength) {
    const problem = `data_offsets [${begin}, ${end}] do not lie within the ${dataLength} bytes of data that the file has.`;
    throw refuse(byte, problem, name);
  }
  const bits = safetensorsDTypes.get(fileDtype)?.bits;
  const { count, problem } = elementCount(shape, (bits ?? 1) / 8);
  if (count === null) throw refuse(byte, problem, name);
  if (bits !== undefined && end - begin !== (count * bits) / 8) {
    const needed = (count * bits) / 8;
    const claim = `data_offsets [${begin}, ${end}] hold ${end - begin} bytes`;
    throw refuse(byte, `${claim}, but the shape [${shape.join(", ")}] of ${fileDtype} needs ${needed}.`, name);
  }
}

/** Tensors must fill the data without overlaps and holes, as the format demands: bytes that no tensor owns could hide anything. */
function checkCover(claims: readonly Claim[], dataLength: number, dataStart: number, refuse: Refuse): void {
  let covered = 0;
  let last: Claim | undefined;
  for (const claim of [...claims].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (claim.begin < covered) {
      const problem = `data_offsets [${claim.begin}, ${claim.end}] overlap those of the tensor ${quoted(last?.name ?? "")}.`;
      throw refuse(claim.byte, problem, claim.name);
    }
    if (claim.begin > covered) {
      const problem = `there is a hole of ${claim.begin - covered} bytes before the data of this tensor.`;
      throw refuse(dataStart + covered, problem, claim.name);
    }
    covered = claim.end;
    last = claim;
  }
  if (covered !== dataLength) {
    const problem = `the file goes on for ${dataLength - covered} bytes that belong to no tensor.`;
    throw refuse(dataStart + covered, problem);
  }
}

/** Reads the JSON header of a .safetensors file of `fileSize` bytes and checks every claim in it against the rest and the size. */
export function parseSafetensorsHeader(text: Uint8Array, file: string, fileSize: number): SafetensorsHeader {
  const refuse: Refuse = (byte, problem, tensor) =>
    corruptFile({ file, ...(tensor === undefined ? {} : { tensor }), byte }, problem);
  const dataStart = headerStart + text.length;
  const dataLength = fileSize - dataStart;
  const { claims, metadata } = readClaims(text, refuse);
  for (const claim of claims) checkSize(claim, dataLength, refuse);
  checkCover(claims, dataLength, dataStart, refuse);
  const tensors = claims.map(({ name, fileDtype, shape, begin, end }) => ({
    name,
    dtype: safetensorsDTypes.get(fileDtype)?.dtype ?? null,
    fileDtype,
    shape,
    byteOffset: dataStart + begin,
    byteLength: end - begin,
  }));
  return { tensors, metadata };
}
