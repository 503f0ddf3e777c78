import { expected } from "../check.ts";

// GB means 1000³ here and GiB 1024³, as disks and `free --si` have it; a bare number counts bytes.
const units: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  k: 1e3,
  kb: 1e3,
  kib: 2 ** 10,
  m: 1e6,
  mb: 1e6,
  mib: 2 ** 20,
  g: 1e9,
  gb: 1e9,
  gib: 2 ** 30,
  t: 1e12,
  tb: 1e12,
  tib: 2 ** 40,
};

/** Reads "2GB", "512 MiB", "1.5g" or a bare count of bytes. */
export function parseBytes(name: string): (text: string) => number {
  return (text) => {
    const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text);
    const unit = match === null ? undefined : units[(match[2] ?? "").toLowerCase()];
    const bytes = unit === undefined ? NaN : Math.floor(Number(match?.[1]) * unit);
    if (bytes >= 1 && bytes <= Number.MAX_SAFE_INTEGER) return bytes;
    throw expected("a size such as 2GB or 512MiB", name, text);
  };
}
