/** What the directory of a ZIP archive says of a file in it. The name is a label, never a path. */
export interface ZipEntry {
  readonly name: string;
  readonly flags: number;
  /** 0 stored, 8 DEFLATE. */
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Where the entry's own header begins. */
  readonly headerOffset: number;
  /** Where its record in the directory begins. */
  readonly recordOffset: number;
  /** Where the directory begins: all entries lie before. */
  readonly directoryOffset: number;
}

/** A name is UTF-8 where the archive says so; else it is mostly that too, and failing that any single-byte code will do for a label. */
export function entryName(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString("latin1");
  }
}
