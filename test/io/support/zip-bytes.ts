import { crc32, deflateRawSync } from "node:zlib";

/** A file of an archive, and the lies to be told about it. */
export interface ZipMember {
  readonly name: string;
  readonly data: Uint8Array;
  readonly deflate?: boolean;
  /** Said of the entry in the directory, instead of the truth. */
  readonly claim?: {
    readonly name?: string;
    readonly size?: number;
    readonly compressedSize?: number;
    readonly crc?: number;
    readonly method?: number;
    readonly flags?: number;
    readonly headerOffset?: number;
  };
  /** The compressed bytes, when they are not to be what deflate makes of the data. */
  readonly compressed?: Uint8Array;
  /** Sizes and offset in a ZIP64 extra field, as very large archives have them. */
  readonly zip64?: boolean;
}

export interface ZipClaims {
  readonly entries?: number;
  readonly directoryOffset?: number;
  readonly directorySize?: number;
  readonly comment?: string;
  /** Write a ZIP64 end record and its locator; a number is where the locator says that the record is. */
  readonly zip64?: boolean | number;
}

function localPart(member: ZipMember, stored: Uint8Array): Buffer {
  const name = Buffer.from(member.name);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(member.claim?.method ?? (member.deflate === true ? 8 : 0), 8);
  header.writeUInt32LE(crc32(member.data), 14);
  header.writeUInt32LE(stored.length, 18);
  header.writeUInt32LE(member.data.length, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name, stored]);
}

function record(member: ZipMember, stored: Uint8Array, offset: number): Buffer {
  const { claim = {}, zip64 = false } = member;
  const name = Buffer.from(claim.name ?? member.name);
  const size = claim.size ?? member.data.length;
  const compressedSize = claim.compressedSize ?? stored.length;
  const headerOffset = claim.headerOffset ?? offset;
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(claim.flags ?? 0, 8);
  header.writeUInt16LE(claim.method ?? (member.deflate === true ? 8 : 0), 10);
  header.writeUInt32LE(claim.crc ?? crc32(member.data), 16);
  header.writeUInt32LE(zip64 ? 0xffffffff : compressedSize, 20);
  header.writeUInt32LE(zip64 ? 0xffffffff : size, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt32LE(zip64 ? 0xffffffff : headerOffset, 42);
  if (!zip64) return Buffer.concat([header, name]);
  // An unrelated field stands in front, as time stamps do.
  const extra = Buffer.alloc(6 + 28);
  extra.writeUInt16LE(0x5455, 0);
  extra.writeUInt16LE(2, 2);
  extra.writeUInt16LE(1, 6);
  extra.writeUInt16LE(24, 8);
  extra.writeBigUInt64LE(BigInt(size), 10);
  extra.writeBigUInt64LE(BigInt(compressedSize), 18);
  extra.writeBigUInt64LE(BigInt(headerOffset), 26);
  header.writeUInt16LE(extra.length, 30);
  return Buffer.concat([header, name, extra]);
}

/** A ZIP archive put together by hand. */
export function zipBytes(members: readonly ZipMember[], claims: ZipClaims = {}): Buffer {
  const parts: Buffer[] = [];
  const records: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const stored = member.compressed ?? (member.deflate === true ? deflateRawSync(member.data) : member.data);
    const part = localPart(member, stored);
    records.push(record(member, stored, offset));
    parts.push(part);
    offset += part.length;
  }
  const directory = Buffer.concat(records);
  const entries = claims.entries ?? members.length;
  const directorySize = claims.directorySize ?? directory.length;
  const directoryOffset = claims.directoryOffset ?? offset;
  const end64: Buffer[] = [];
  const zip64 = claims.zip64 !== undefined && claims.zip64 !== false;
  if (zip64) {
    const record64 = Buffer.alloc(56);
    record64.writeUInt32LE(0x06064b50, 0);
    record64.writeBigUInt64LE(44n, 4);
    record64.writeBigUInt64LE(BigInt(entries), 24);
    record64.writeBigUInt64LE(BigInt(entries), 32);
    record64.writeBigUInt64LE(BigInt(directorySize), 40);
    record64.writeBigUInt64LE(BigInt(directoryOffset), 48);
    const locator = Buffer.alloc(20);
    locator.writeUInt32LE(0x07064b50, 0);
    const at = typeof claims.zip64 === "number" ? claims.zip64 : offset + directory.length;
    locator.writeBigUInt64LE(BigInt(at), 8);
    locator.writeUInt32LE(1, 16);
    end64.push(record64, locator);
  }
  const comment = Buffer.from(claims.comment ?? "");
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(zip64 ? 0xffff : entries, 8);
  end.writeUInt16LE(zip64 ? 0xffff : entries, 10);
  end.writeUInt32LE(zip64 ? 0xffffffff : directorySize, 12);
  end.writeUInt32LE(zip64 ? 0xffffffff : directoryOffset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...parts, directory, ...end64, end, comment]);
}
