import { expect } from "vitest";

import { type ErrorCode, FileError } from "../../../lib/errors.ts";
import { openSource } from "../../../lib/io/open.ts";
import { MemorySource } from "./memory-source.ts";

/** What a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("expected a rejection, but the promise was fulfilled");
}

export interface Wanted {
  readonly code: ErrorCode;
  readonly tensor?: string;
  readonly byte?: number;
  /** What the message must say, besides file, tensor and byte. */
  readonly says?: string | RegExp;
}

/** The promise is rejected with a FileError whose details and message name the file, the tensor and the byte. */
export async function expectFileError(promise: Promise<unknown>, file: string, wanted: Wanted): Promise<FileError> {
  const error = await rejection(promise);
  expect(error).toBeInstanceOf(FileError);
  const { code, details, message } = error as FileError;
  expect({ code, ...details }).toMatchObject({
    code: wanted.code,
    file,
    ...(wanted.tensor === undefined ? {} : { tensor: wanted.tensor }),
    ...(wanted.byte === undefined ? {} : { byte: wanted.byte }),
  });
  expect(message).toContain(file);
  if (wanted.tensor !== undefined) expect(message).toContain(`tensor ${JSON.stringify(wanted.tensor)}`);
  if (wanted.byte !== undefined) expect(message).toContain(`byte ${wanted.byte}`);
  if (wanted.says !== undefined) expect(message).toMatch(wanted.says);
  return error as FileError;
}

/** These bytes are refused when they are opened. */
export async function expectRefused(bytes: Uint8Array, wanted: Wanted, path = "layers.bin"): Promise<FileError> {
  return await expectFileError(openSource(new MemorySource(bytes, path)), path, wanted);
}
