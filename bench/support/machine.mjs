import { availableParallelism, cpus, release, totalmem } from "node:os";

/** What a result has to say of where and when it was measured. */
export function provenance() {
  const cpu = cpus()[0]?.model.trim() ?? "unknown processor";
  const memory = Math.round(totalmem() / 2 ** 30);
  return {
    machine: `${cpu}, ${availableParallelism()} cores, ${memory} GiB, Linux ${release()}, Node ${process.version}`,
    date: new Date().toISOString(),
  };
}
