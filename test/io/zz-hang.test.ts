import { deflateRawSync } from "node:zlib";
import { it } from "vitest";
import { openSource } from "../../lib/io/open.ts";
import { MemorySource } from "./support/memory-source.ts";
import { npyBytes, npyHeader } from "./support/npy-bytes.ts";
import { zipBytes } from "./support/zip-bytes.ts";
it("hang", async () => {
  const data = npyBytes(npyHeader("<f4", "(64,)"), 256);
  const good = deflateRawSync(data);
  const t0 = performance.now();
  let n = 0;
  let last = 0;
  const step = (label: string) => {
    stage = label;
  };
  let stage = "";
  const timer = setInterval(() => {
    if (n === last) console.log("HANG", n, stage, cur.toString("hex"), process.getActiveResourcesInfo().join());
    last = n;
  }, 4000);
  let cur = Buffer.alloc(0);
  while (performance.now() - t0 < 240000) {
    const k = Math.random();
    let c = Buffer.from(good);
    if (k < 0.4) {
      c = c.subarray(0, Math.floor(Math.random() * c.length));
    } else if (k < 0.8) {
      c[Math.floor(Math.random() * c.length)] ^= 1 << Math.floor(Math.random() * 8);
    } else {
      c = Buffer.from(Array.from({ length: Math.floor(Math.random() * 100) }, () => Math.floor(Math.random() * 256)));
    }
    cur = c;
    try {
      step("open");
      const f = await openSource(new MemorySource(zipBytes([{ name: "a.npy", data, deflate: true, compressed: c }])));
      step("read");
      await f.read("a");
    } catch {
      step("failed");
    }
    n++;
  }
  clearInterval(timer);
  console.log("CASES", n);
}, 280000);
