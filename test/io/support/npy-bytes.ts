/** A .npy file put together by hand: version, header as text, data. */
export function npyBytes(header: string, data: Uint8Array | number = 0, version: 1 | 2 | 3 = 1): Buffer {
  const text = Buffer.from(`${header}\n`, version === 3 ? "utf8" : "latin1");
  const start = Buffer.alloc(version === 1 ? 10 : 12);
  start.write("\x93NUMPY", "latin1");
  start[6] = version;
  if (version === 1) start.writeUInt16LE(text.length, 8);
  else start.writeUInt32LE(text.length, 8);
  return Buffer.concat([start, text, typeof data === "number" ? Buffer.alloc(data) : data]);
}

export function npyHeader(descr: string, shape: string, fortran = false): string {
  return `{'descr': '${descr}', 'fortran_order': ${fortran ? "True" : "False"}, 'shape': ${shape}, }`;
}
